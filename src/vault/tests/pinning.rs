//! Who can open what is sealed, and who has to agree to it.

use super::super::{Error, ErrorKind, Vault};
use super::{Practice, append, chart, code, lock, stranger, text};

fn refusals(practice: &Practice) -> Vec<Error> {
    let file = practice.vault().scan().unwrap().notes.remove(0);
    let vault = practice.vault();
    let guard = lock(&vault);
    let batch = [(chart(), vault.new_id(), text("x"))];
    vec![
        vault.seal_new(&guard, &chart(), vault.new_id(), &text("x")).map(drop).unwrap_err(),
        vault.seal_batch(&guard, &batch, &|_| {}).unwrap_err(),
        vault.add_client(&guard, &code("b1")).map(drop).unwrap_err(),
        practice.open().replace(&guard, &file, &text("x")).unwrap_err(),
    ]
}

#[test]
fn a_strangers_key_stops_every_way_of_sealing_and_is_named() {
    let practice = Practice::new();
    practice.seal(&chart(), "words");
    let stranger = stranger();
    append(&practice.root().join(".age-recipients"), stranger.as_str());
    for error in refusals(&practice) {
        assert_eq!(error.kind(), ErrorKind::Unpinned);
        assert!(error.to_string().contains(stranger.as_str()) && error.to_string().contains(".age-recipients"));
        assert!(!error.to_string().contains(practice.owner().as_str()), "only what was added is named");
    }
}

#[test]
fn a_strangers_key_in_a_clients_list_stops_sealing_there() {
    let practice = Practice::new();
    let file = practice.seal(&chart(), "words");
    let stranger = stranger();
    append(&practice.root().join("clients/a7/.age-recipients"), stranger.as_str());
    let vault = practice.vault();
    let guard = lock(&vault);
    let new = vault.seal_new(&guard, &chart(), vault.new_id(), &text("x")).unwrap_err();
    let again = practice.open().replace(&guard, &file, &text("x")).unwrap_err();
    for error in [new, again] {
        assert_eq!(error.kind(), ErrorKind::Unpinned);
        assert!(error.to_string().contains(stranger.as_str()), "{error}");
    }
    assert!(vault.seal_new(&guard, &super::Shelf::Practice, vault.new_id(), &text("x")).is_ok());
}

#[test]
fn a_changed_marker_or_a_missing_list_stops_sealing() {
    let practice = Practice::new();
    let vault = practice.vault();
    let guard = lock(&vault);
    let seal = || vault.seal_new(&guard, &chart(), vault.new_id(), &text("x")).map_err(|e| e.kind());
    append(&practice.root().join("throughline.toml"), "# later");
    assert_eq!(seal(), Err(ErrorKind::Unpinned));
    practice.open().confirm_pins().unwrap();
    let open = practice.open();
    assert_eq!(open.confirm_pins().unwrap().len(), 1);
    open.accept_pins().unwrap();
    assert!(seal().is_ok());
    std::fs::remove_file(practice.root().join("clients/a7/.age-recipients")).unwrap();
    assert_eq!(seal(), Err(ErrorKind::Unpinned));
}

#[test]
fn another_device_seals_after_its_first_unlock_and_not_before() {
    let practice = Practice::new();
    let device = practice.dir.path().join("other device");
    let vault = || Vault::at(&practice.root(), &device).unwrap();
    let seal = || {
        let vault = vault();
        vault.seal_new(&lock(&vault), &chart(), vault.new_id(), &text("x")).map_err(|e| e.kind())
    };
    assert_eq!(seal(), Err(ErrorKind::Unpinned));
    assert_eq!(vault().open(practice.identities()).unwrap().confirm_pins().unwrap(), []);
    assert!(seal().is_ok());
}

#[test]
fn a_first_unlock_does_not_vouch_for_a_key_in_a_clients_list_that_nobody_here_holds() {
    let practice = Practice::new();
    let stranger = stranger();
    append(&practice.root().join("clients/a7/.age-recipients"), stranger.as_str());
    let vault = Vault::at(&practice.root(), &practice.dir.path().join("other device")).unwrap();
    let changes = vault.open(practice.identities()).unwrap().confirm_pins().unwrap();
    assert_eq!(changes.len(), 1);
    assert!(changes[0].added.contains(&stranger) && changes[0].is_new);
}

#[test]
fn only_what_was_shown_is_accepted() {
    let practice = Practice::new();
    let list = practice.root().join(".age-recipients");
    let (shown, later) = (stranger(), stranger());
    append(&list, shown.as_str());
    let open = practice.open();
    let changes = open.confirm_pins().unwrap();
    assert_eq!((changes.len(), &changes[0].added[..]), (1, &[shown][..]));
    append(&list, later.as_str());
    open.accept_pins().unwrap();
    let vault = practice.vault();
    let error = vault.add_client(&lock(&vault), &code("b1")).unwrap_err();
    assert!(error.to_string().contains(later.as_str()), "{error}");
}
