//! What passers-by see.

use slint::ComponentHandle;

use crate::session::DeviceBoard;

use super::super::generated::{App, NoticeModel, StandbyModel};
use super::super::models::update_rows;
use super::Setting;

pub(super) fn fill(app: &App, devices: DeviceBoard, setting: Setting<'_>) {
    let model = app.global::<StandbyModel<'_>>();
    model.set_id_reader(devices.id_reader);
    model.set_scanner(devices.scanner);
    let notices = setting.options.notices.iter();
    let rows = notices.map(|(title, text)| NoticeModel { title: title.into(), text: text.into() }).collect();
    if let Some(list) = update_rows(model.get_notices(), rows) {
        model.set_notices(list);
    }
}
