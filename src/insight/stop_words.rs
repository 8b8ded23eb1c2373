//! Words that say nothing about what a session was about, in English and German.

/// Sorted, lower case.
#[rustfmt::skip]
const STOP: &[&str] = &[
    "a", "aber", "about", "above", "after", "again", "against", "all", "alle", "allem", "allen", "aller", "alles",
    "almost", "along", "already", "als", "also", "although", "always", "am", "among", "an", "and", "ander", "andere",
    "anderen", "anderer", "anderes", "another", "any", "anything", "are", "around", "as", "asked", "at", "auch",
    "auf", "aus", "away", "back", "be", "because", "been", "before", "bei", "beim", "being", "below", "between",
    "bin", "bis", "bist", "both", "but", "by", "came", "can", "cannot", "come", "could", "couldn't", "da", "dabei",
    "dafür", "daher", "damit", "danach", "dann", "daran", "darauf", "daraus", "darin", "darüber", "das", "dass",
    "day", "days", "dazu", "dein", "deine", "dem", "den", "denn", "der", "deren", "des", "dessen", "dich", "did",
    "didn't", "die", "dies", "diese", "diesem", "diesen", "dieser", "dieses", "dir", "do", "doch", "does", "doesn't",
    "doing", "don't", "done", "dort", "down", "du", "durch", "during", "each", "ein", "eine", "einem", "einen",
    "einer", "eines", "einige", "either", "else", "er", "erst", "es", "etwa", "etwas", "euch", "euer", "even", "ever",
    "every", "everything", "few", "first", "for", "from", "further", "für", "ganz", "gar", "gegen", "geht", "get",
    "gets", "getting", "gewesen", "ging", "go", "goes", "going", "got", "hab", "habe", "haben", "had", "hadn't",
    "has", "hasn't", "hat", "hatte", "hatten", "have", "haven't", "having", "he", "her", "here", "hers", "herself",
    "heute", "hier", "him", "himself", "hin", "hinter", "his", "how", "however", "i", "i'd", "i'll", "i'm", "i've",
    "ich", "if", "ihm", "ihn", "ihnen", "ihr", "ihre", "ihrem", "ihren", "ihrer", "ihres", "im", "immer", "in", "ins",
    "into", "is", "isn't", "ist", "it", "it's", "its", "itself", "ja", "jede", "jedem", "jeden", "jeder", "jedes",
    "jemand", "jetzt", "just", "kam", "kann", "kein", "keine", "keinem", "keinen", "keiner", "konnte", "können",
    "last", "less", "let", "like", "little", "long", "machen", "macht", "made", "make", "mal", "man", "many", "may",
    "me", "mehr", "mein", "meine", "meinem", "meinen", "meiner", "mich", "mir", "mit", "more", "most", "much", "muss",
    "musste", "must", "my", "myself", "nach", "never", "next", "nicht", "nichts", "nie", "no", "noch", "nor", "not",
    "nothing", "now", "nun", "nur", "ob", "oder", "of", "off", "often", "ohne", "on", "once", "one", "only", "or",
    "other", "others", "our", "ours", "out", "over", "own", "perhaps", "put", "quite", "rather", "really", "sagt",
    "sagte", "said", "same", "say", "says", "schon", "seem", "seemed", "seems", "sehr", "sei", "sein", "seine",
    "seinem", "seinen", "seiner", "seit", "selbst", "session", "sessions", "shall", "she", "should", "sich", "sie",
    "since", "sind", "sitzung", "so", "soll", "sollte", "some", "something", "sondern", "sonst", "soon", "still",
    "such", "take", "taken", "than", "that", "that's", "the", "their", "theirs", "them", "themselves", "then",
    "there", "these", "they", "thing", "things", "think", "this", "those", "though", "thought", "through", "till",
    "time", "to", "today", "together", "told", "too", "took", "two", "um", "und", "under", "uns", "unser", "unter",
    "until", "up", "upon", "us", "use", "used", "very", "viel", "viele", "vom", "von", "vor", "war", "waren", "warum",
    "was", "wasn't", "way", "we", "week", "weeks", "weg", "weil", "weiter", "welche", "welcher", "well", "wenig",
    "wenn", "went", "wer", "werden", "were", "weren't", "what", "when", "where", "whether", "which", "while", "who",
    "whom", "whose", "why", "wie", "wieder", "will", "wir", "wird", "wirklich", "with", "within", "without", "wo",
    "wollen", "wollte", "worden", "would", "wouldn't", "wurde", "wurden", "wäre", "würde", "yes", "yet", "you",
    "your", "yours", "zu", "zum", "zur", "zwar", "zwischen", "über",
];

/// Whether a word in lower case is one of them.
pub(super) fn is_stop_word(word: &str) -> bool {
    STOP.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_list_is_sorted_so_that_it_can_be_searched() {
        assert!(super::STOP.is_sorted());
        assert!(super::is_stop_word("the") && super::is_stop_word("über") && !super::is_stop_word("harbour"));
    }
}
