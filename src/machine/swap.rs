//! Swap: memory that the system writes to a disk.
//!
//! In goes the root of a file system with `proc` and `sys` in it; out comes a problem for each swap device that is not
//! known to be encrypted. Swap in memory (zram) and swap below dm-crypt, also through LVM, count as encrypted; for a swap
//! file the device of its file system decides. What cannot be told is not called encrypted.

use super::advice::{Advice, Topic};
use std::path::{Path, PathBuf};

/// Devices below devices, at most.
const DEEPEST: usize = 8;

/// Looks at the swap in use. `root` is `/`.
pub fn swap(root: &Path) -> Vec<Advice> {
    let Ok(table) = std::fs::read_to_string(root.join("proc/swaps")) else { return Vec::new() };
    let open: Vec<String> = devices(&table).into_iter().filter(|device| !is_covered(root, device)).collect();
    let hibernates = if open.is_empty() { "" } else { hibernation(root) };
    let told = open.into_iter().map(|device| {
        let what = format!(
            "{device} is swap that is not known to be encrypted: the system may write any memory to it, open notes \
             included{hibernates}"
        );
        let remedy = format!(
            "`swapoff {device}` and take its line out of /etc/fstab, use zram instead, or encrypt it (dm-crypt)"
        );
        Advice::problem(Topic::Swap, what, remedy)
    });
    told.collect()
}

/// The paths in a table like `/proc/swaps`; its first line is a heading.
fn devices(table: &str) -> Vec<String> {
    table.lines().skip(1).filter_map(|line| line.split_whitespace().next()).map(unescaped).collect()
}

/// The kernel writes blanks in paths as `\040`.
fn unescaped(path: &str) -> String {
    [("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")]
        .into_iter()
        .fold(path.to_owned(), |path, (written, meant)| path.replace(written, meant))
}

/// Whether what is swapped there stays in memory or is encrypted.
fn is_covered(root: &Path, swap: &str) -> bool {
    let device = if swap.starts_with("/dev/") { Some(swap.to_owned()) } else { device_of_file(root, swap) };
    device.and_then(|device| block_name(root, &device)).is_some_and(|name| is_encrypted(root, &name, 0))
}

/// The device of the file system that a file lies on: the longest mount point that it lies below.
fn device_of_file(root: &Path, file: &str) -> Option<String> {
    let mounts = std::fs::read_to_string(root.join("proc/self/mountinfo")).ok()?;
    let mounted = mounts.lines().filter_map(|line| {
        // `36 35 98:0 /root /mount options - type source options`
        let (place, source) = line.split_once(" - ")?;
        let point = unescaped(place.split(' ').nth(4)?);
        Path::new(file).starts_with(&point).then(|| (point.len(), source.split(' ').nth(1).map(unescaped)))
    });
    // Of two mounts on one point the later lies on top.
    mounted.max_by_key(|(length, _)| *length)?.1.filter(|source| source.starts_with("/dev/"))
}

/// The kernel's name of a device: `dm-0` for `/dev/mapper/swap`.
fn block_name(root: &Path, device: &str) -> Option<String> {
    let name = Path::new(device).file_name()?.to_str()?;
    let blocks = root.join("sys/class/block");
    if blocks.join(name).exists() {
        return Some(name.to_owned());
    }
    let entries = std::fs::read_dir(&blocks).ok()?.flatten();
    let mapped = |entry: &std::fs::DirEntry| line_of(entry.path().join("dm/name")).as_deref() == Some(name);
    entries.filter(mapped).find_map(|entry| entry.file_name().into_string().ok())
}

/// Whether a device is memory or dm-crypt, or lies on nothing but such devices.
fn is_encrypted(root: &Path, name: &str, depth: usize) -> bool {
    let block = root.join("sys/class/block").join(name);
    if name.starts_with("zram") || line_of(block.join("dm/uuid")).is_some_and(|uuid| uuid.starts_with("CRYPT-")) {
        return true;
    }
    let below: Vec<String> = std::fs::read_dir(block.join("slaves"))
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    depth < DEEPEST && !below.is_empty() && below.iter().all(|name| is_encrypted(root, name, depth + 1))
}

/// What hibernation adds, when the system offers it.
fn hibernation(root: &Path) -> &'static str {
    let states = line_of(root.join("sys/power/state")).unwrap_or_default();
    let disk = line_of(root.join("sys/power/disk")).unwrap_or_default();
    let offered = states.split(' ').any(|state| state == "disk") && !disk.contains("[disabled]");
    if offered { "; hibernation writes all of it there" } else { "" }
}

fn line_of(file: PathBuf) -> Option<String> {
    std::fs::read_to_string(file).ok().map(|text| text.trim().to_owned())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::swap;
    use std::path::Path;
    use tempfile::TempDir;

    const HEADING: &str = "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n";

    fn machine(swaps: &str, files: &[(&str, &str)]) -> TempDir {
        let root = tempfile::tempdir().unwrap();
        let swaps = format!("{HEADING}{swaps}");
        for (path, text) in files.iter().chain(&[("proc/swaps", swaps.as_str())]) {
            let place = root.path().join(path);
            std::fs::create_dir_all(place.parent().unwrap()).unwrap();
            std::fs::write(place, text).unwrap();
        }
        root
    }

    fn told(root: &Path) -> Vec<String> {
        swap(root).into_iter().map(|advice| advice.what.split(' ').next().unwrap().to_owned()).collect()
    }

    #[test]
    fn a_bare_partition_is_a_problem_and_memory_and_dm_crypt_are_none() {
        let swaps = "/dev/sda3 partition 8388604 0 -2\n/dev/zram0 partition 100 0 100\n/dev/dm-1 partition 1 0 -3\n";
        let root = machine(
            swaps,
            &[
                ("sys/class/block/sda3/partition", "3"),
                ("sys/class/block/zram0/size", "1"),
                ("sys/class/block/dm-1/dm/uuid", "CRYPT-LUKS2-0123-swap\n"),
            ],
        );
        assert_eq!(told(root.path()), ["/dev/sda3"]);
        assert!(!swap(root.path())[0].what.contains("hibernation"));
    }

    #[test]
    fn a_volume_on_an_encrypted_device_is_encrypted_and_one_on_two_needs_both() {
        let files = [
            ("sys/class/block/dm-0/dm/uuid", "CRYPT-LUKS2-0123-root"),
            ("sys/class/block/dm-1/dm/uuid", "LVM-abc"),
            ("sys/class/block/dm-1/slaves/dm-0", ""),
            ("sys/class/block/dm-2/dm/uuid", "LVM-def"),
            ("sys/class/block/dm-2/slaves/dm-0", ""),
            ("sys/class/block/dm-2/slaves/sdb1", ""),
        ];
        let root = machine("/dev/dm-1 partition 1 0 -2\n/dev/dm-2 partition 1 0 -3\n", &files);
        assert_eq!(told(root.path()), ["/dev/dm-2"]);
    }

    #[test]
    fn a_swap_file_is_as_encrypted_as_the_file_system_it_lies_on() {
        let mounts = "20 1 0:18 / / rw - ext4 /dev/mapper/vg-root rw\n21 20 8:1 / /data rw - ext4 /dev/sda1 rw\n";
        let files = [
            ("proc/self/mountinfo", mounts),
            ("sys/class/block/dm-0/dm/name", "vg-root\n"),
            ("sys/class/block/dm-0/dm/uuid", "CRYPT-LUKS2-0123\n"),
            ("sys/class/block/sda1/partition", "1"),
        ];
        let root = machine("/swapfile file 1 0 -2\n/data/swap\\040file file 1 0 -3\n", &files);
        let found = swap(root.path());
        assert_eq!(found.len(), 1);
        assert!(found[0].what.starts_with("/data/swap file is swap"), "{found:?}");
    }

    #[test]
    fn what_cannot_be_told_is_not_called_encrypted() {
        let root = machine("/swapfile file 1 0 -2\n/dev/vda2 partition 1 0 -3\n", &[]);
        assert_eq!(told(root.path()), ["/swapfile", "/dev/vda2"]);
    }

    #[test]
    fn hibernation_is_told_where_the_system_offers_it() {
        let offered = [("sys/power/state", "freeze mem disk\n"), ("sys/power/disk", "[platform] shutdown\n")];
        let root = machine("/dev/sda3 partition 1 0 -2\n", &offered);
        assert!(swap(root.path())[0].what.contains("hibernation"));
        let barred = [("sys/power/state", "freeze mem disk\n"), ("sys/power/disk", "[disabled]\n")];
        let root = machine("/dev/sda3 partition 1 0 -2\n", &barred);
        assert!(!swap(root.path())[0].what.contains("hibernation"));
    }

    #[test]
    fn no_swap_and_no_table_are_no_problem() {
        assert_eq!(swap(machine("", &[]).path()), []);
        assert_eq!(swap(Path::new("/no/such/root")), []);
    }
}
