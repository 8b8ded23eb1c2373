//! The site as a whole: every address answers, nothing of a note acts, equal days stand at equal places.

mod hostile;
mod sample;
mod walk;
