//! What passers-by see.

use slint::ComponentHandle;

use crate::session::DeviceBoard;

use super::super::ScreenOptions;
use super::super::generated::{App, NoticeModel, StandbyModel};
use super::super::models::update_rows;
use super::Setting;

pub(super) fn fill(app: &App, devices: DeviceBoard, setting: Setting<'_>) {
    let model = app.global::<StandbyModel<'_>>();
    model.set_id_reader(devices.id_reader);
    model.set_scanner(devices.scanner);
    fill_notices(app, setting.options);
}

/// Public notices; they are nobody's, and stay where everything else is blanked.
pub(in crate::screen) fn fill_notices(app: &App, options: &ScreenOptions) {
    let model = app.global::<StandbyModel<'_>>();
    let notices = options.notices.iter();
    let rows = notices.map(|(title, text)| NoticeModel { title: title.into(), text: text.into() }).collect();
    if let Some(list) = update_rows(model.get_notices(), rows) {
        model.set_notices(list);
    }
}
