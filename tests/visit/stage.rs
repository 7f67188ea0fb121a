//! The processes of a visit and the ropes to them: platform, emulated devices, kiosk with its console.

use std::fs;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;
use yibao_kiosk::platform::embedded::{self, Person, Population};

const PROGRAM: &str = env!("CARGO_BIN_EXE_kiosk");
/// Generous, for two busy cores; every wait ends as soon as its condition holds.
const LIMIT: Duration = Duration::from_secs(60);

/// A running process that obeys lines and answers each with a line.
struct Roped {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Roped {
    fn start(arguments: &[&str]) -> Self {
        let mut child = Command::new(PROGRAM)
            .args(arguments)
            .env("RUST_LOG", "warn")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let input = child.stdin.take().expect("its input");
        let output = BufReader::new(child.stdout.take().expect("its output"));
        Self { child, input, output }
    }

    fn read_line(&mut self) -> String {
        let mut line = String::new();
        self.output.read_line(&mut line).expect("a line of output");
        line.trim_end().to_owned()
    }

    fn ask(&mut self, line: &str) -> String {
        writeln!(self.input, "{line}").and_then(|()| self.input.flush()).expect("the process reads");
        self.read_line()
    }

    /// Tells without waiting for an answer; whatever is answered is read and forgotten.
    fn tell(&mut self, line: &str) {
        writeln!(self.input, "{line}").and_then(|()| self.input.flush()).expect("the process reads");
    }

    fn kill(&mut self) {
        // On Unix this is SIGKILL: nothing is flushed, nothing is said.
        self.child.kill().expect("the process can be killed");
        self.child.wait().expect("the process ends");
    }
}

impl Drop for Roped {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Everything a visit needs.
pub struct Stage {
    kiosk: Roped,
    platform: Roped,
    reader: Roped,
    _scanner: Roped,
    port: u16,
    folder: TempDir,
}

impl Stage {
    /// Platform, devices and kiosk are up, nobody is there.
    pub fn set() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let port = free_port();
        fs::write(folder.path().join("kiosk.toml"), configuration(folder.path(), port)).expect("a configuration");
        let platform = start_platform(folder.path(), port);
        let reader = start_device("id-reader", folder.path());
        let scanner = start_device("scanner", folder.path());
        let kiosk = start_kiosk(folder.path());
        let mut stage = Self { kiosk, platform, reader, _scanner: scanner, port, folder };
        stage.wait("Standby");
        stage
    }

    pub fn reach_balance(&mut self) {
        self.lift();
        self.wait_tile("查医保余额");
        self.press("查医保余额");
        self.wait("Identify");
        self.reader("lay 1");
        self.wait("WhoAreYou");
        self.press("是我");
        self.wait("Balance");
    }

    /// From the balance to the moment the rating is acknowledged.
    pub fn rate(&mut self, level: &str) {
        self.press("办完了");
        self.wait("Rate");
        self.press(level);
        self.press("提交评价");
        self.wait("Question");
    }

    /// The first screen, as soon as devices and platform are there and the tile opens.
    fn wait_tile(&mut self, label: &str) {
        self.wait("Standby");
        self.press("点这里开始");
        self.wait("Home");
        let until = Instant::now() + LIMIT;
        while !self.kiosk.ask("labels").contains(label) {
            assert!(Instant::now() < until, "the tile {label} does not open");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Presses as soon as there is such a button and the kiosk takes presses again after a change of screen.
    pub fn press(&mut self, label: &str) {
        let until = Instant::now() + LIMIT;
        std::thread::sleep(Duration::from_millis(350));
        loop {
            let answer = self.kiosk.ask(&format!("press {label}"));
            if answer.starts_with("ok") {
                return;
            }
            assert!(Instant::now() < until, "press {label}: {answer}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    pub fn screen(&mut self) -> String {
        self.kiosk.ask("screen").trim_start_matches("ok ").to_owned()
    }

    pub fn wait(&mut self, screen: &str) {
        self.wait_within(screen, LIMIT.as_secs());
    }

    pub fn wait_within(&mut self, screen: &str, seconds: u64) {
        let answer = self.kiosk.ask(&format!("wait {screen} {seconds}"));
        assert_eq!(answer, format!("ok {screen}"));
    }

    pub fn reader(&mut self, line: &str) {
        self.reader.tell(line);
    }

    pub fn lift(&mut self) {
        self.reader("lift");
    }

    pub fn kill_platform(&mut self) {
        self.platform.kill();
    }

    pub fn kill_kiosk(&mut self) {
        self.kiosk.kill();
    }

    pub fn start_platform(&mut self) {
        self.platform = start_platform(self.folder.path(), self.port);
    }

    pub fn start_kiosk(&mut self) {
        self.kiosk = start_kiosk(self.folder.path());
    }

    /// Service records and ratings the province has accepted, from its own file.
    pub fn province(&self) -> (usize, usize) {
        let book = fs::read_to_string(self.folder.path().join("province.jsonl")).unwrap_or_default();
        let count = |mark: &str| book.lines().filter(|line| line.contains(mark)).count();
        (count("\"certKey\""), count("\"satisfaction\""))
    }

    pub fn wait_province(&self, services: usize, ratings: usize) {
        let until = Instant::now() + LIMIT;
        while self.province() != (services, ratings) {
            assert!(Instant::now() < until, "the province has {:?}", self.province());
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Waits until the ledger holds nothing undelivered, as `kiosk queue` tells it.
    pub fn wait_queue_empty(&self) {
        let until = Instant::now() + LIMIT;
        let config = self.folder.path().join("kiosk.toml");
        loop {
            let queue =
                Command::new(PROGRAM).args(["queue", "--config"]).arg(&config).output().expect("the queue tool");
            let listed = String::from_utf8_lossy(&queue.stdout).into_owned();
            if listed.starts_with("waiting 0, in the slow lane 0, damaged 0") {
                return;
            }
            assert!(Instant::now() < until, "{listed}{}", String::from_utf8_lossy(&queue.stderr));
            std::thread::sleep(Duration::from_millis(200));
        }
    }

    /// Which of these texts stand in the writable memory of the kiosk, in UTF-8 or UTF-16.
    pub fn found_in_memory(&self, traces: &[String]) -> Vec<String> {
        search_memory(self.kiosk.child.id(), traces)
    }

    pub fn wait_nothing_in_memory(&self, traces: &[String]) {
        let until = Instant::now() + Duration::from_secs(10);
        loop {
            let found = self.found_in_memory(traces);
            if found.is_empty() {
                return;
            }
            assert!(Instant::now() < until, "still in memory: {found:?}");
            std::thread::sleep(Duration::from_millis(200));
        }
    }
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("its address").port()
}

fn start_platform(folder: &Path, port: u16) -> Roped {
    let store = folder.join("province.jsonl");
    let listen = format!("127.0.0.1:{port}");
    let mut platform = Roped::start(&["platform", "--listen", &listen, "--store", path(&store)]);
    assert!(platform.read_line().contains("listening"));
    platform
}

fn start_device(device: &str, folder: &Path) -> Roped {
    let link = folder.join(device);
    let device = Roped::start(&["emulate", device, "--link", path(&link)]);
    let until = Instant::now() + LIMIT;
    while !link.exists() {
        assert!(Instant::now() < until, "{} does not appear", link.display());
        std::thread::sleep(Duration::from_millis(20));
    }
    device
}

fn start_kiosk(folder: &Path) -> Roped {
    let config = folder.join("kiosk.toml");
    Roped::start(&["run", "--config", path(&config), "--headless", "540x960", "--console"])
}

fn path(path: &Path) -> &str {
    path.to_str().expect("a path of plain characters")
}

fn configuration(folder: &Path, port: u16) -> String {
    let folder = folder.display();
    let base = format!("http://127.0.0.1:{port}");
    format!(
        r#"
[kiosk]
province = "37"
number = "TEST0001"
hall = "示例医保"
machine = "测试机"
window_name = "1 号窗口"
window_way = "往前走"
[ledger]
path = "{folder}/ledger.db"
key_path = "{folder}/ledger.key"
[id_reader]
path = "{folder}/id-reader"
[scanner]
path = "{folder}/scanner"
[platform]
base_url = "{base}"
paasid = "{paasid}"
secret = "{secret}"
fixmedins_code = "{institution}"
fixmedins_name = "示例大厅"
mdtrtarea_admvs = "371002"
opter = "ZZ001"
opter_name = "测试机"
movements = "embedded"
[rating]
base_url = "{base}"
app_mark = "{mark}"
app_word = "{word}"
area_code = "371002000000"
[voice]
engine = "none"
[[question]]
service = "balance"
zh = "字看得清吗？"
en = "Could you read the text?"
choices = [["看得清", "Yes"], ["看不清", "No"]]
"#,
        paasid = embedded::PAASID,
        secret = embedded::SECRET,
        institution = embedded::FIXMEDINS_CODE,
        mark = embedded::APP_MARK,
        word = embedded::APP_WORD,
    )
}

/// The person whose card `lay N` lays, as every process generates them.
pub fn number_of(index: usize) -> Person {
    Population::generate(1, 400).people()[index].clone()
}

/// What must not stay: name and numbers, whole and masked, person number and the amount as shown.
pub fn synthetic(person: &Person) -> Vec<String> {
    use yibao_kiosk::domain::{CertificateNumber, PersonName};
    let number = CertificateNumber::parse(&person.number).expect("a right number");
    let balance = person.balance().expect("an account");
    vec![
        person.name.clone(),
        PersonName::from_text(&person.name).masked(),
        person.number.clone(),
        number.masked(),
        person.psn_no.clone(),
        balance.in_chinese(),
    ]
}

fn search_memory(process: u32, traces: &[String]) -> Vec<String> {
    let maps = fs::read_to_string(format!("/proc/{process}/maps")).expect("the map of its memory");
    let mut memory = fs::File::open(PathBuf::from(format!("/proc/{process}/mem"))).expect("its memory");
    let forms: Vec<(String, Vec<u8>)> = traces.iter().flat_map(|trace| forms(trace)).collect();
    let mut found = Vec::new();
    for line in maps.lines().filter(|line| line.contains(" rw")) {
        let Some(region) = region(line) else { continue };
        let Some(bytes) = read_region(&mut memory, region) else { continue };
        for (name, form) in &forms {
            if !found.contains(name) && bytes.windows(form.len()).any(|window| window == form.as_slice()) {
                found.push(name.clone());
            }
        }
    }
    found
}

fn forms(trace: &str) -> [(String, Vec<u8>); 2] {
    let wide = trace.encode_utf16().flat_map(u16::to_le_bytes).collect();
    [(format!("{trace} as UTF-8"), trace.as_bytes().to_vec()), (format!("{trace} as UTF-16"), wide)]
}

fn region(line: &str) -> Option<(u64, u64)> {
    let (from, to) = line.split(' ').next()?.split_once('-')?;
    Some((u64::from_str_radix(from, 16).ok()?, u64::from_str_radix(to, 16).ok()?))
}

/// `None` for what cannot be read, such as memory given back since the map was read.
fn read_region(memory: &mut fs::File, (from, to): (u64, u64)) -> Option<Vec<u8>> {
    let mut bytes = vec![0; usize::try_from(to - from).ok()?];
    memory.seek(SeekFrom::Start(from)).ok()?;
    memory.read_exact(&mut bytes).ok()?;
    Some(bytes)
}
