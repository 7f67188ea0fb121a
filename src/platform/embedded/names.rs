//! The word lists synthetic people are made of. All of them are invented; none names anybody or any real house.

pub(super) const SURNAMES: &[&str] = &[
    "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "马", "朱", "胡", "郭", "何", "林", "高",
    "罗", "郑", "梁", "谢", "宋", "唐", "许", "邓", "韩", "冯", "曹", "彭", "曾", "萧", "田", "董", "潘", "袁", "蔡",
    "蒋", "余", "于", "杜", "叶", "程", "魏", "苏", "吕", "丁", "任", "卢", "欧阳", "司马", "上官", "诸葛",
];

pub(super) const GIVEN_MEN: &[&str] = &[
    "建国", "国强", "志明", "永福", "德胜", "长海", "振山", "守义", "文斌", "玉成", "春生", "福来", "宝林", "学勤",
    "兆丰", "世昌", "广田", "传忠", "克勤", "立新", "平", "刚", "伟", "勇", "军",
];

pub(super) const GIVEN_WOMEN: &[&str] = &[
    "桂兰", "秀英", "玉珍", "淑芬", "凤霞", "春梅", "惠芳", "月娥", "素云", "爱莲", "翠屏", "美玲", "瑞香", "慧敏",
    "雪琴", "桂花", "金凤", "兰芝", "文静", "晓红", "芳", "敏", "静", "娟", "燕",
];

/// Names every fault in text handling stumbles over: fifteen characters with the dot, characters beyond the first
/// plane, from extension A, seldom ones, and one from the private-use area.
pub(super) const RARE: &[&str] =
    &["阿卜杜热合曼·艾则孜买买提吐逊", "王𠮷", "刘䶮", "孙㐂", "李喆", "陈堃", "赵\u{E863}", "欧阳𠮷㐂"];

pub(super) const FOREIGN: &[(&str, &str, &str, &str)] = &[
    ("TESTER, ALEX JORDAN", "安立诚", "USA", "840"),
    ("BEISPIEL, KARLA MARIA", "白佳兰", "DEU", "276"),
    ("EXEMPLE, PASCAL", "艾世博", "FRA", "250"),
];

/// Area code, place for the address, issuing office.
pub(super) const HOMES: &[(&str, &str, &str)] = &[
    ("371002", "山东省威海市环翠区", "威海市公安局环翠分局"),
    ("371003", "山东省威海市文登区", "威海市公安局文登分局"),
    ("371082", "山东省荣成市", "荣成市公安局"),
    ("371083", "山东省乳山市", "乳山市公安局"),
    ("370602", "山东省烟台市芝罘区", "烟台市公安局芝罘分局"),
    ("370202", "山东省青岛市市南区", "青岛市公安局市南分局"),
    ("230103", "黑龙江省哈尔滨市南岗区", "哈尔滨市公安局南岗分局"),
    ("220102", "吉林省长春市南关区", "长春市公安局南关分局"),
    ("110105", "北京市朝阳区", "北京市公安局朝阳分局"),
    ("650102", "新疆乌鲁木齐市天山区", "乌鲁木齐市公安局天山分局"),
];

/// Areas other than Weihai in which somebody may be insured as well.
pub(super) const OTHER_AREAS: &[&str] = &["230100", "220100", "110000", "370600", "370200", "310000", "639900"];

pub(super) const ROADS: &[&str] = &["望海路", "青松街", "长安里", "文化巷", "渔港路", "槐树街", "南山新村", "东升小区"];

pub(super) const HOSPITALS: &[&str] =
    &["威海滨城人民医院", "环海中心医院", "文峰中医院", "青松社区卫生服务中心", "望海骨伤医院"];

pub(super) const PHARMACIES: &[&str] = &["康泰堂大药房", "百草春药店", "海风大药房", "济安堂望海路店"];

pub(super) const EMPLOYERS: &[&str] =
    &["滨城纺织厂", "环海渔业公司", "青松机械厂", "东升食品有限公司", "望海建筑公司", "文峰印刷厂"];

pub(super) const COMMUNITIES: &[&str] = &["望海社区居委会", "青松村村委会", "渔港社区居委会"];
