//! Real servers that a test starts, kills and starts again, on the configuration in `install/nats`.

use std::fs::{self, File};
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use async_nats::jetstream::{self, Context};
use tempfile::TempDir;
use yibao_kiosk::delivery::bus::{BusConfig, STREAM, StreamLimits, fresh_seed, make_stream, public_key};

/// Nothing here takes longer; a test that reaches it has found something without a limit.
pub const DEADLINE: Duration = Duration::from_secs(180);
const LOOK_AGAIN: Duration = Duration::from_millis(10);

/// Waits for a condition that another process or task brings about.
pub async fn until<T>(what: &str, mut condition: impl AsyncFnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + DEADLINE;
    loop {
        if let Some(value) = condition().await {
            return value;
        }
        assert!(Instant::now() < deadline, "not in time: {what}");
        tokio::time::sleep(LOOK_AGAIN).await;
    }
}

/// The shipped limits within what these servers may store.
pub fn limits() -> StreamLimits {
    StreamLimits { bytes_max: 64 << 20, ..StreamLimits::default() }
}

/// One server or three. They end with it.
pub struct Broker {
    folder: TempDir,
    listen: Vec<SocketAddr>,
    cluster: Vec<SocketAddr>,
    children: Vec<Option<Child>>,
    tls: bool,
}

impl Drop for Broker {
    fn drop(&mut self) {
        for node in 0..self.children.len() {
            self.kill(node);
        }
    }
}

impl Broker {
    /// Starts so many servers and makes the stream on all of them.
    pub async fn start(nodes: usize, limits: StreamLimits) -> Self {
        Self::start_with(nodes, limits, false).await
    }

    /// Starts one server that shows a certificate and wants one.
    pub async fn start_with_tls() -> Self {
        Self::start_with(1, limits(), true).await
    }

    async fn start_with(nodes: usize, limits: StreamLimits, tls: bool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        write_configuration(folder.path(), nodes, tls);
        let ports = free_ports(2 * nodes);
        let (listen, cluster) = (ports[..nodes].to_vec(), ports[nodes..].to_vec());
        let children = (0..nodes).map(|_| None).collect();
        let mut broker = Self { folder, listen, cluster, children, tls };
        (0..nodes).for_each(|node| broker.run(node));
        let limits = StreamLimits { replicas: nodes, ..limits };
        let jetstream = broker.jetstream().await;
        until("the stream is made", async || make_stream(&jetstream, limits).await.ok()).await;
        broker
    }

    /// Starts a server, with what an earlier run of it left.
    pub fn run(&mut self, node: usize) {
        let log = File::options().append(true).create(true).open(self.path(&format!("n{node}.log"))).unwrap();
        let route = |node: usize| format!("nats://{}", self.cluster[node.min(self.cluster.len() - 1)]);
        let child = Command::new(server_program())
            .args(["-c", "server.conf"])
            .current_dir(self.folder.path())
            .env("NATS_NAME", format!("n{node}"))
            .env("NATS_LISTEN", self.listen[node].to_string())
            .env("NATS_STORE", self.path(&format!("n{node}")))
            .env("NATS_STORE_BYTES_MAX", "1GB")
            .env("NATS_CLUSTER_LISTEN", self.cluster[node].to_string())
            .envs([("NATS_ROUTE_1", route(0)), ("NATS_ROUTE_2", route(1)), ("NATS_ROUTE_3", route(2))])
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .expect("the NATS server starts");
        self.children[node] = Some(child);
    }

    /// SIGKILL: nothing is written any more.
    pub fn kill(&mut self, node: usize) {
        if let Some(mut child) = self.children[node].take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }

    /// The server that leads the stream, once there is one.
    pub async fn leader(&self) -> usize {
        let jetstream = self.jetstream().await;
        until("a leader", async || {
            let mut stream = jetstream.get_stream(STREAM).await.ok()?;
            let leader = stream.info().await.ok()?.cluster.as_ref()?.leader.clone()?;
            leader.strip_prefix('n')?.parse().ok()
        })
        .await
    }

    /// Messages in the stream now, and the number of the last that ever was.
    pub async fn state(&self) -> (u64, u64) {
        let jetstream = self.jetstream().await;
        until("the stream's state", async || {
            let mut stream = jetstream.get_stream(STREAM).await.ok()?;
            let state = &stream.info().await.ok()?.state;
            Some((state.messages, state.last_sequence))
        })
        .await
    }

    /// A connection that may do what the receiver may.
    pub async fn jetstream(&self) -> Context {
        let seed = fs::read_to_string(self.path("receiver.seed")).unwrap();
        let addresses: Vec<String> = self.listen.iter().map(|address| format!("nats://{address}")).collect();
        let client = until("a server answers", async || {
            let mut options = async_nats::ConnectOptions::with_nkey(seed.clone());
            if self.tls {
                options = options
                    .require_tls(true)
                    .add_root_certificates(self.path("ca.pem"))
                    .add_client_certificate(self.path("receiver.pem"), self.path("receiver.key"));
            }
            options.custom_inbox_prefix("_INBOX_receiver").connect(&addresses).await.ok()
        })
        .await;
        let mut jetstream = jetstream::new(client);
        // Servers that choose a leader do not answer; the question is put again.
        jetstream.set_timeout(Duration::from_millis(500));
        jetstream
    }

    /// How a machine with this seed reaches the servers: `receiver`, `kiosk` or `stranger`.
    pub fn config(&self, who: &str) -> BusConfig {
        let scheme = if self.tls { "tls" } else { "nats" };
        let with_tls = |name: String| self.tls.then(|| self.path(&name));
        BusConfig {
            servers: self.listen.iter().map(|address| format!("{scheme}://{address}")).collect(),
            nkey_file: Some(self.path(&format!("{who}.seed"))),
            tls: self.tls,
            ca_file: with_tls("ca.pem".into()),
            certificate_file: with_tls(format!("{who}.pem")),
            certificate_key_file: with_tls(format!("{who}.key")),
            connect_ms_max: 1_000,
            acknowledge_ms_max: 1_000,
            receipt_ms_max: 1_000,
        }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

/// The kiosk's credentials in a client without our code.
pub async fn bare_client(broker: &Broker) -> Context {
    let seed = fs::read_to_string(broker.path("kiosk.seed")).unwrap();
    let options = async_nats::ConnectOptions::with_nkey(seed).custom_inbox_prefix("_INBOX_37_1002A003");
    jetstream::new(options.connect(broker.config("kiosk").servers).await.unwrap())
}

/// The shipped files, with users whose seeds this test holds instead of the examples, and with TLS only where asked.
fn write_configuration(folder: &Path, nodes: usize, tls: bool) {
    let shipped = |name: &str| fs::read_to_string(shipped_folder().join(name)).unwrap();
    let mut users = shipped("users.conf");
    let examples: Vec<String> =
        users.lines().filter_map(|line| line.trim().strip_prefix("nkey: ").map(str::to_owned)).collect();
    assert_eq!(examples.len(), 2, "the receiver and a kiosk");
    for (who, example) in ["receiver", "kiosk"].iter().zip(&examples) {
        users = users.replace(example, &public_key(&write_seed(folder, who)).unwrap());
    }
    write_seed(folder, "stranger");
    fs::write(folder.join("users.conf"), users).unwrap();
    fs::write(folder.join("common.conf"), shipped("common.conf")).unwrap();
    let entry = shipped(if nodes == 1 { "single.conf" } else { "node.conf" });
    if tls {
        write_certificates(folder);
        let own = format!("{}/", folder.display());
        fs::write(folder.join("tls.conf"), shipped("tls.conf").replace("/etc/nats/", &own)).unwrap();
        fs::write(folder.join("server.conf"), entry).unwrap();
    } else {
        let entry = entry.replace("include \"tls.conf\"", "");
        fs::write(folder.join("server.conf"), without_block(&entry, "  tls {")).unwrap();
    }
}

const CERTIFICATE_RULES: &str = "[req]
distinguished_name = name
[name]
[ca]
basicConstraints = critical, CA:TRUE
[leaf]
basicConstraints = critical, CA:FALSE
subjectAltName = IP:127.0.0.1
extendedKeyUsage = serverAuth, clientAuth
";

/// An authority, and certificates by it for the server and both machines.
fn write_certificates(folder: &Path) {
    fs::write(folder.join("rules.cnf"), CERTIFICATE_RULES).unwrap();
    for name in ["ca", "server", "receiver", "kiosk"] {
        let mut command = Command::new("openssl");
        command.current_dir(folder).args("req -x509 -config rules.cnf -days 2 -nodes -newkey ec".split(' '));
        command.args(["-pkeyopt", "ec_paramgen_curve:prime256v1", "-subj", &format!("/CN={name}")]);
        command.args(["-keyout", &format!("{name}.key"), "-out", &format!("{name}.pem")]);
        let by: &[&str] = if name == "ca" { &[] } else { &["-CA", "ca.pem", "-CAkey", "ca.key"] };
        command.args(by).args(["-extensions", if name == "ca" { "ca" } else { "leaf" }]);
        let made = command.output().expect("openssl runs");
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    }
}

fn without_block(text: &str, opening: &str) -> String {
    let mut inside = false;
    let kept = text.lines().filter(|line| {
        let was_inside = inside;
        inside = line.starts_with(opening) || inside && *line != "  }";
        !inside && !was_inside
    });
    kept.map(|line| format!("{line}\n")).collect()
}

fn write_seed(folder: &Path, who: &str) -> String {
    use std::os::unix::fs::OpenOptionsExt;
    let seed = fresh_seed().unwrap().to_string();
    let mut file = File::options();
    let mut file = file.write(true).create_new(true).mode(0o600).open(folder.join(format!("{who}.seed"))).unwrap();
    std::io::Write::write_all(&mut file, seed.as_bytes()).unwrap();
    seed
}

fn shipped_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("install/nats")
}

fn server_program() -> PathBuf {
    let usual = || Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tools/nats-server");
    let program = std::env::var_os("KIOSK_NATS_SERVER").map_or_else(usual, PathBuf::from);
    assert!(
        program.is_file(),
        "there is no NATS server at {}: run install/nats-server.sh, or set KIOSK_NATS_SERVER",
        program.display()
    );
    program
}

/// Held together until all are chosen, so that no two are the same.
fn free_ports(count: usize) -> Vec<SocketAddr> {
    let held: Vec<TcpListener> = (0..count).map(|_| TcpListener::bind("127.0.0.1:0").unwrap()).collect();
    held.iter().map(|listener| listener.local_addr().unwrap()).collect()
}
