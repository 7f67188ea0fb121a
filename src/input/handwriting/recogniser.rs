//! The model: loading it, and asking it what ink stands for. How ink becomes an image and numbers become candidates is
//! next door.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rten::{Model, RunOptions, ThreadPool, ValueOrView};
use rten_tensor::NdTensor;
use rten_tensor::prelude::*;

use crate::fetched;

use super::labels::{Label, Twins, labels};
use super::ranking::{Scores, one_position, positions};
use super::raster::{HEIGHT_PX, Image, draw_character, draw_line};
use super::{HandwritingError, Ink, Pad, Reading};

/// PP-OCRv6, small, recognition; see assets/models/README.md.
pub const MODEL_FILE: &str = "PP-OCRv6_rec_small.onnx";
/// Under this name the model carries its own list of labels.
const LABELS_KEY: &str = "character";
/// The model was made for colour; it gets the same grey three times.
const CHANNELS: usize = 3;
/// One thread: a second core would halve the wait, but the screen needs it.
const THREADS: usize = 1;

/// The folder the model is in: `$KIOSK_MODELS` if set, else the package's, else the user's cache as `install/models.sh`
/// fills it. `None` when it is in none of them.
pub fn find_model_folder() -> Option<PathBuf> {
    fetched::folder("KIOSK_MODELS", "models", MODEL_FILE)
}

/// Reads handwriting. Holds some 40 MB; one for the whole kiosk, usually behind a [`super::HandwritingDesk`].
pub struct Recogniser {
    model: Model,
    labels: Vec<Label>,
    twins: Twins,
    threads: Arc<ThreadPool>,
}

impl Recogniser {
    /// Loads the model from a folder.
    ///
    /// # Errors
    /// [`HandwritingError::NoModel`] when it is not there, [`HandwritingError::BadModel`] when it cannot be used.
    pub fn load(folder: &Path) -> Result<Self, HandwritingError> {
        let path = folder.join(MODEL_FILE);
        if !path.is_file() {
            return Err(HandwritingError::NoModel(path));
        }
        let bad = |reason: String| HandwritingError::BadModel { path: path.clone(), reason };
        let model = Model::load_file(&path).map_err(|error| bad(error.to_string()))?;
        let list = model.metadata().get(LABELS_KEY).ok_or_else(|| bad("it has no list of labels".to_owned()))?;
        let labels = labels(list);
        Ok(Self { model, labels, twins: Twins::new()?, threads: Arc::new(ThreadPool::with_num_threads(THREADS)) })
    }

    /// What the ink may stand for. Takes some 15 ms of one core for a character. Nothing on the pad is read as nothing.
    ///
    /// # Errors
    /// [`HandwritingError::Run`] when the model fails.
    pub fn recognise(&self, ink: &Ink, pad: Pad) -> Result<Reading, HandwritingError> {
        let image = match pad {
            Pad::Character => draw_character(ink),
            Pad::Line => draw_line(ink),
        };
        let Some(image) = image else { return Ok(Reading::default()) };
        let output = self.run(&image)?;
        let [_, _, label_count] = output.shape();
        let values = output.to_contiguous();
        let scores = Scores { values: values.data(), label_count };
        let mut positions = match pad {
            Pad::Character => vec![one_position(&scores, &self.labels, &self.twins)],
            Pad::Line => positions(&scores, &self.labels, &self.twins),
        };
        positions.retain(|candidates| !candidates.is_empty());
        Ok(Reading { positions })
    }

    fn run(&self, image: &Image) -> Result<NdTensor<f32, 3>, HandwritingError> {
        let input = NdTensor::from_data([1, CHANNELS, HEIGHT_PX, image.width_px], image.pixels.repeat(CHANNELS));
        let options = RunOptions::default().with_thread_pool(Some(Arc::clone(&self.threads)));
        let failed = |reason: String| HandwritingError::Run(reason);
        let value =
            self.model.run_one(ValueOrView::from(input), Some(options)).map_err(|error| failed(error.to_string()))?;
        value.try_into().map_err(|_| failed("its answer has an unknown shape".to_owned()))
    }
}

impl fmt::Debug for Recogniser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Recogniser({} labels)", self.labels.len())
    }
}
