//! The official indicator codes of the national service-rating system (好差评), by level.
//!
//! The first digit of a code is the level on the national scale (5 best). The words here are the
//! official ones and go to the province; what a resident reads is in the catalogue, in plain words.

use super::Level;

/// One indicator in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Indicator {
    /// Three digits; the first is the level.
    pub code: u16,
    /// The official wording.
    pub official: &'static str,
}

const ACTIVE: &[Indicator] = &[
    Indicator { code: 510, official: "一窗受理一次办结" },
    Indicator { code: 511, official: "可以先受理后补材料" },
    Indicator { code: 512, official: "不用提交证明" },
    Indicator { code: 513, official: "可以全程网上办理" },
    Indicator { code: 514, official: "可以使用手机办理" },
    Indicator { code: 515, official: "可以就近办理" },
    Indicator { code: 516, official: "无需材料直接办理" },
    Indicator { code: 517, official: "服务热情效率高" },
    Indicator { code: 406, official: "填写一张表单就可完成申报" },
    Indicator { code: 407, official: "在线提交材料窗口核验" },
    Indicator { code: 408, official: "一张清单告知全部申报材料" },
    Indicator { code: 409, official: "用告知承诺减免申报材料" },
    Indicator { code: 410, official: "可以在线预约办理" },
    Indicator { code: 411, official: "跑大厅一次办完" },
    Indicator { code: 412, official: "可以使用自助机办理" },
    Indicator { code: 413, official: "服务态度较好" },
    Indicator { code: 307, official: "一次性告知需要补正的材料" },
    Indicator { code: 308, official: "提供申报材料样本" },
    Indicator { code: 309, official: "在承诺的时间内办结" },
    Indicator { code: 310, official: "办事指南指引准确" },
    Indicator { code: 311, official: "按办事指南要求的材料即可办理" },
    Indicator { code: 312, official: "可以快递送达" },
    Indicator { code: 313, official: "跑动次数与承诺的一致" },
    Indicator { code: 314, official: "服务态度一般" },
    Indicator { code: 207, official: "没有提供材料样本" },
    Indicator { code: 208, official: "没有提供材料清单" },
    Indicator { code: 209, official: "未在承诺时间内办结" },
    Indicator { code: 210, official: "同样内容的证明材料被要求多次提交" },
    Indicator { code: 211, official: "承诺网办但无法在线办理" },
    Indicator { code: 212, official: "在线预约办理后到实体大厅重复取号排队" },
    Indicator { code: 213, official: "窗口人员业务不熟练" },
    Indicator { code: 214, official: "服务态度生硬" },
    Indicator { code: 108, official: "在办事指南之外增加新的审批条件" },
    Indicator { code: 109, official: "需提供办事指南之外的申报材料" },
    Indicator { code: 110, official: "无理由超过法定办理时间" },
    Indicator { code: 111, official: "办事指南提供样本有错" },
    Indicator { code: 112, official: "承诺在线收取申报材料实际无法收取" },
    Indicator { code: 113, official: "多头跑窗口和部门" },
    Indicator { code: 114, official: "跑动次数与承诺的不一致" },
    Indicator { code: 115, official: "服务态度差效率低" },
];

/// The indicators in use for a level, in the official order.
pub fn active_indicators(level: Level) -> impl Iterator<Item = &'static Indicator> {
    let first_digit = u16::from(level.national_code());
    ACTIVE.iter().filter(move |i| i.code / 100 == first_digit)
}

/// The indicator of a code; `None` for retired and unknown codes.
pub fn indicator(code: u16) -> Option<&'static Indicator> {
    ACTIVE.iter().find(|i| i.code == code)
}
