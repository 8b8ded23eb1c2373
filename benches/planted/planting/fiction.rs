//! What the made-up clients talk about. All of it is invented; no person is described.

/// Scales, and where a client in trouble usually begins.
pub const SCALES: [(&str, (f64, f64)); 5] = [
    ("phq9", (13.0, 20.0)),
    ("gad7", (10.0, 16.0)),
    ("core10", (17.0, 28.0)),
    ("ors", (13.0, 22.0)),
    ("who5", (22.0, 44.0)),
];

/// Themes.
pub const THEMES: [&str; 30] = [
    "insomnia",
    "overtime",
    "stepmother",
    "brother",
    "jealousy",
    "homesickness",
    "inner-critic",
    "stage-fright",
    "mourning",
    "debts",
    "temper",
    "saying-no",
    "high-standards",
    "eating",
    "drinking",
    "toddler",
    "blushing",
    "heart-worry",
    "putting-off",
    "closeness",
    "belonging",
    "exams",
    "new-town",
    "belief",
    "neighbours",
    "last-workday",
    "bad-dreams",
    "brooding",
    "regret",
    "nursing-grandfather",
];

/// What a counselor may try.
pub const INTERVENTIONS: [&str; 9] = [
    "activity-plan",
    "thought-record",
    "anchoring",
    "graded-steps",
    "chair-work",
    "worry-hour",
    "breath-practice",
    "values-cards",
    "family-map",
];

/// Things that come up by a single word.
pub const THINGS: [&str; 20] = [
    "lighthouse",
    "accordion",
    "beehive",
    "caravan",
    "dowry",
    "easel",
    "firewood",
    "gazebo",
    "hammock",
    "inkwell",
    "jigsaw",
    "kayak",
    "ladder",
    "mandolin",
    "notary",
    "oboe",
    "parcel",
    "quilt",
    "rowboat",
    "sundial",
];

/// Lines that mean nothing for any pattern.
pub const PLAIN: [&str; 18] = [
    "Came in five minutes early and took the chair by the window.",
    "The fortnight was told from its beginning to its end.",
    "Voice calm, hands busy with a pencil.",
    "One small experiment was agreed upon until the next meeting.",
    "Long pause after the first question, then plenty of talk.",
    "The exercise had been tried on three evenings.",
    "A drawing of the situation stayed on the table.",
    "Smiled at the memory of a missed tram.",
    "Tired around the eyes, attentive all the same.",
    "The aims of the first page were read aloud.",
    "Asked whether the slot could stay as it is.",
    "Both of us noticed how quickly the hour had gone.",
    "A summary in four lines was taken home.",
    "Tea was left untouched.",
    "Spring and autumn were compared.",
    "The weather gave an easy beginning.",
    "Read out a page of a diary.",
    "Named two things that helped.",
];

/// How a theme stands in prose.
pub const ABOUT: [&str; 3] = ["Most of the talk was about", "Again a good while on", "Returned of its own accord to"];

/// How a thing stands in prose.
pub const OF: [&str; 3] = ["There was a story about the", "Wondered what to do with the", "Described the"];

/// What is written about an appointment nobody came to.
pub const NOBODY: [&str; 3] =
    ["Slot stayed empty.", "No message before the hour. Will write a card.", "Not used; a new day was offered."];
