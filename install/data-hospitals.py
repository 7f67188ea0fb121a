#!/usr/bin/env python3
"""Makes assets/data/hospitals.csv, a list of invented hospitals for trial: one in every destination of the
picker, five in the common ones.

No hospital of the list exists. Each name has 示例 (example) in it, codes begin with X, telephone numbers with 000.
"""

import csv
import pathlib

DATA = pathlib.Path(__file__).resolve().parent.parent / "assets" / "data"
NOT_FILED_TO = ("71", "81", "82", "83")
WHOLE = ("110000", "120000", "310000", "460000", "500000", "659000")
KINDS = [
    ("示例第一医院", "三级甲等", "住院;门诊;慢特病"),
    ("示例中医院", "三级乙等", "住院;门诊"),
    ("示例妇幼保健院", "二级甲等", "住院;门诊"),
    ("示例社区卫生服务中心", "一级", "门诊"),
    ("示例口腔医院", "", ""),
]


def destinations():
    with (DATA / "divisions.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            code = row["code"]
            province = code.endswith("0000") and code not in WHOLE
            if row["short"] and not province and code[:2] not in NOT_FILED_TO:
                yield code, row["name"]


def main():
    common = {line.split()[0] for line in (DATA / "common.txt").read_text("utf-8").splitlines() if line[:1].isdigit()}
    lines = ["code,name,area,level,services,address,phone"]
    for code, name in destinations():
        for number, (kind, level, services) in enumerate(KINDS if code in common else KINDS[:1], start=1):
            phone = f"000-{code}{number:02}"
            lines.append(f"X{code}{number:03},{name}{kind},{code},{level},{services},{name}示例路 {number} 号,{phone}")
    (DATA / "hospitals.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"hospitals.csv: {len(lines) - 1} rows")


if __name__ == "__main__":
    main()
