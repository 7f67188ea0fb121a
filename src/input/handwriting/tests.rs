//! The real model on strokes drawn here by hand. `install/models.sh` must have run.

use std::path::PathBuf;

use super::*;

/// A character as strokes of points, in a box from 0 to 100.
type Drawing = (char, &'static [&'static [(u8, u8)]]);

const DRAWINGS: [Drawing; 8] = [
    ('十', &[&[(10, 45), (90, 43)], &[(50, 8), (51, 50), (50, 95)]]),
    ('王', &[&[(15, 12), (86, 10)], &[(50, 12), (50, 50), (51, 90)], &[(20, 50), (80, 49)], &[(8, 90), (94, 90)]]),
    ('人', &[&[(50, 8), (44, 40), (28, 70), (8, 92)], &[(49, 35), (62, 65), (93, 92)]]),
    ('中', &[&[(15, 28), (17, 68)], &[(15, 28), (85, 26), (82, 66)], &[(18, 64), (82, 62)], &[(50, 5), (50, 97)]]),
    ('大', &[&[(10, 36), (90, 34)], &[(50, 6), (47, 38), (32, 70), (8, 95)], &[(50, 38), (66, 68), (94, 94)]]),
    ('山', &[&[(50, 8), (50, 82)], &[(12, 40), (13, 84), (88, 83)], &[(88, 38), (88, 88)]]),
    ('日', &[&[(28, 8), (28, 94)], &[(28, 10), (74, 9), (74, 94)], &[(30, 50), (72, 49)], &[(29, 90), (73, 89)]]),
    ('小', &[&[(50, 6), (51, 88), (42, 82)], &[(28, 36), (22, 56), (8, 72)], &[(70, 34), (82, 52), (93, 70)]]),
];

fn recogniser() -> Recogniser {
    let folder = find_model_folder().unwrap_or_else(|| PathBuf::from("(no folder; run install/models.sh)"));
    Recogniser::load(&folder).unwrap()
}

fn drawing(character: char) -> &'static [&'static [(u8, u8)]] {
    DRAWINGS.iter().find(|(name, _)| *name == character).unwrap().1
}

/// Writes a drawing into the square that begins `left` heights from the left edge, with a margin of a tenth.
fn write(ink: &mut Ink, aspect: f32, left: f32, strokes: &[&[(u8, u8)]]) {
    let place = |(x, y): (u8, u8)| ((left + 0.1 + f32::from(x) * 0.008) / aspect, 0.1 + f32::from(y) * 0.008);
    for stroke in strokes {
        let (first, rest) = stroke.split_first().unwrap();
        let (x, y) = place(*first);
        ink.begin(x, y);
        rest.iter().map(|point| place(*point)).for_each(|(x, y)| ink.extend(x, y));
    }
}

fn ink_of(text: &str) -> Ink {
    let aspect = text.chars().count() as f32;
    let mut ink = Ink::new(aspect);
    text.chars().enumerate().for_each(|(place, name)| write(&mut ink, aspect, place as f32, drawing(name)));
    ink
}

#[test]
fn reads_plain_characters() {
    let recogniser = recogniser();
    for (character, _) in DRAWINGS {
        let reading = recogniser.recognise(&ink_of(&character.to_string()), Pad::Character).unwrap();
        let offered: String = reading.candidates().iter().map(|candidate| candidate.character).collect();
        assert!(offered.starts_with(character), "{character} was read as {offered}");
        assert!((1..=CANDIDATES_MAX).contains(&reading.candidates().len()) && reading.positions().len() == 1);
    }
}

#[test]
fn the_order_of_the_strokes_and_their_direction_do_not_matter() {
    let recogniser = recogniser();
    for (character, strokes) in DRAWINGS {
        let backwards: Vec<Vec<(u8, u8)>> =
            strokes.iter().rev().map(|stroke| stroke.iter().rev().copied().collect()).collect();
        let backwards: Vec<&[(u8, u8)]> = backwards.iter().map(Vec::as_slice).collect();
        let mut ink = Ink::new(1.0);
        write(&mut ink, 1.0, 0.0, &backwards);
        let reading = recogniser.recognise(&ink, Pad::Character).unwrap();
        assert_eq!(reading.text(), character.to_string());
    }
}

#[test]
fn reads_several_characters_side_by_side() {
    let recogniser = recogniser();
    for phrase in ["大山", "中山人", "王小山", "大"] {
        let reading = recogniser.recognise(&ink_of(phrase), Pad::Line).unwrap();
        assert_eq!(reading.text(), phrase);
        assert!(reading.positions().iter().all(|candidates| candidates.len() <= CANDIDATES_MAX));
    }
}

#[test]
fn an_empty_pad_a_dot_and_a_smear_are_no_errors() {
    let recogniser = recogniser();
    for pad in [Pad::Character, Pad::Line] {
        let mut ink = Ink::new(3.0);
        assert_eq!(recogniser.recognise(&ink, pad), Ok(Reading::default()));
        ink.begin(0.5, 0.5);
        assert!(recogniser.recognise(&ink, pad).is_ok());
        for step in 0..2_000_u16 {
            let turn = f32::from(step) * 0.31;
            ink.extend(0.5 + 0.5 * turn.cos(), 0.5 + 0.5 * (1.7 * turn).sin());
        }
        assert!(recogniser.recognise(&ink, pad).is_ok());
    }
}

#[test]
fn a_file_that_is_no_model_is_an_error_that_names_it() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(MODEL_FILE), b"no model at all").unwrap();
    let error = Recogniser::load(folder.path()).unwrap_err();
    assert!(matches!(error, HandwritingError::BadModel { .. }) && error.to_string().contains(MODEL_FILE), "{error}");
}

#[test]
fn debug_output_says_nothing_of_what_was_written() {
    let reading = Reading { positions: vec![vec![Candidate { character: '王', score: 0.5 }]] };
    let event = DeskEvent::Read { ticket: Ticket(1), reading };
    assert!(!format!("{event:?}").contains('王'));
    assert!(!format!("{:?}", Candidate { character: '王', score: 0.5 }).contains('王'));
}
