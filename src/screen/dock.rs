//! The dock beside the stand's window: lay a card, show a code, pull a plug. For technicians, never for residents.

use slint::{ComponentHandle, ModelRc, SharedString, VecModel};

use super::ScreenError;
use super::generated::Dock as DockWindow;
use crate::domain::DeviceKind;

/// What was pressed on the dock. Places are those of the list it was opened with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DockAction {
    /// Lays this person's card on the reader.
    Lay(usize),
    /// Takes the card away.
    Lift,
    /// Holds this person's e-voucher before the scanner.
    Show(usize),
    /// Holds something else before the scanner.
    ShowOther,
    /// Puts a device's plug in (`true`) or pulls it.
    Plug(DeviceKind, bool),
    /// Brings the platform back (`true`) or takes it away.
    Platform(bool),
}

/// The open dock. It closes when it is dropped.
pub struct Dock {
    _window: DockWindow,
}

impl Dock {
    /// Opens the dock beside the kiosk's window.
    ///
    /// # Errors
    /// [`ScreenError::Platform`] where there is no display.
    pub fn open(people: Vec<String>, act: impl Fn(DockAction) + Clone + 'static) -> Result<Self, ScreenError> {
        let window = DockWindow::new()?;
        let people: Vec<SharedString> = people.into_iter().map(SharedString::from).collect();
        window.set_people(ModelRc::new(VecModel::from(people)));
        let place = |index: i32| usize::try_from(index).unwrap_or_default();
        let on = act.clone();
        window.on_lay(move |index| on(DockAction::Lay(place(index))));
        let on = act.clone();
        window.on_show_code(move |index| on(DockAction::Show(place(index))));
        let on = act.clone();
        window.on_lift(move || on(DockAction::Lift));
        let on = act.clone();
        window.on_show_other(move || on(DockAction::ShowOther));
        let on = act.clone();
        window.on_plug_reader(move |plugged| on(DockAction::Plug(DeviceKind::IdReader, plugged)));
        let on = act.clone();
        window.on_plug_scanner(move |plugged| on(DockAction::Plug(DeviceKind::Scanner, plugged)));
        window.on_platform(move |up| act(DockAction::Platform(up)));
        window.show()?;
        Ok(Self { _window: window })
    }
}
