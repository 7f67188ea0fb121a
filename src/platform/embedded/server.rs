//! The server itself: state, routing, faults on the way in and out, start and stop.

use std::collections::{HashMap, HashSet};
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{Method, Response, StatusCode};
use jiff::{SignedDuration, Timestamp};
use rand::RngExt;
use serde_json::{Map, Value};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::faults::{Connection, FaultyListener};
use super::filing_book::{Filed, FilingBook};
use super::population::voucher_digits;
use super::rating_book::{RatingBook, Shelf};
use super::{EmbeddedOptions, FIXMEDINS_CODE, Fault, Faults, Population};
use super::{filing_routes, fsi_routes, rating_routes, voucher_routes};
use crate::domain::china_time;
use crate::platform::fsi::{FilingProfile, FsiConfig, MovementsProfile, UrlStyle};

const REQUEST_BYTES_MAX: usize = 256 * 1_024;
/// How long open connections may delay a stop.
const STOP_WAIT_MAX: Duration = Duration::from_secs(2);
/// How long an `ecToken` can be used.
const TOKEN_LIFETIME_S: i64 = 300;
/// Where the emulated scanner gets a fresh code: `/embedded/voucher/17` for person 17.
const FRESH_VOUCHER_PATH: &str = "/embedded/voucher/";
/// Where another process sets a fault: `/embedded/fault/lose-reply/KX14`, and `/embedded/fault/none` ends it.
const FAULT_PATH: &str = "/embedded/fault/";

/// Everything the routes work on.
pub(super) struct Shared {
    pub(super) options: EmbeddedOptions,
    pub(super) population: Population,
    pub(super) faults: Faults,
    session: Mutex<Session>,
    book: Mutex<RatingBook>,
    filings: Mutex<FilingBook>,
}

impl Shared {
    /// The platform's own clock.
    pub(super) fn now(&self) -> Timestamp {
        let skew = if let Some(Fault::ClockSkew(seconds)) = self.faults.current() { seconds } else { 0 };
        Timestamp::now().saturating_add(SignedDuration::from_secs(skew)).unwrap_or(Timestamp::MAX)
    }

    pub(super) fn session(&self) -> MutexGuard<'_, Session> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn filings(&self) -> MutexGuard<'_, FilingBook> {
        self.filings.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn book(&self) -> MutexGuard<'_, RatingBook> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What the gateway remembers of its callers.
#[derive(Default)]
pub(super) struct Session {
    nonces: HashMap<String, i64>,
    messages: HashSet<String>,
    sign_numbers: HashMap<String, i64>,
    vouchers: HashMap<String, Voucher>,
    tokens: HashMap<String, (usize, i64)>,
}

struct Voucher {
    person: usize,
    /// Second it was made; `None` for the ones people start out with, which wait for their first use.
    made: Option<i64>,
    used: bool,
}

/// What a shown e-voucher turned out to be.
pub(super) enum VoucherState {
    Good(usize),
    Stale,
    Unknown,
}

impl Session {
    pub(super) fn first_use_of_nonce(&mut self, nonce: &str, now_s: i64) -> bool {
        // Older ones need no memory: their timestamps are refused already.
        self.nonces.retain(|_, seen| (now_s - *seen).abs() <= 2 * super::gate::CLOCK_DIFFERENCE_S_MAX);
        self.nonces.insert(nonce.to_owned(), now_s).is_none()
    }

    pub(super) fn first_use_of_message(&mut self, id: &str) -> bool {
        self.messages.insert(id.to_owned())
    }

    pub(super) fn sign_in(&mut self, now_s: i64, lifetime: Duration) -> String {
        let number = format!("QD{:026}", rand::rng().random_range(0..u64::MAX));
        let until = now_s.saturating_add(i64::try_from(lifetime.as_secs()).unwrap_or(i64::MAX));
        self.sign_numbers.insert(number.clone(), until);
        number
    }

    pub(super) fn signed_in(&self, number: &str, now_s: i64) -> bool {
        self.sign_numbers.get(number).is_some_and(|until| now_s < *until)
    }

    pub(super) fn use_voucher(&mut self, code: &str, now_s: i64, lifetime: Duration) -> VoucherState {
        let Some(voucher) = self.vouchers.get_mut(code) else { return VoucherState::Unknown };
        let age_s = voucher.made.map_or(0, |made| now_s - made);
        if std::mem::replace(&mut voucher.used, true) || age_s >= i64::try_from(lifetime.as_secs()).unwrap_or(i64::MAX)
        {
            return VoucherState::Stale;
        }
        VoucherState::Good(voucher.person)
    }

    pub(super) fn token_for(&mut self, person: usize, area: &str, now_s: i64) -> String {
        let token = format!("{area}{:032x}", rand::random::<u128>());
        self.tokens.insert(token.clone(), (person, now_s + TOKEN_LIFETIME_S));
        token
    }

    pub(super) fn holder_of_token(&self, token: &str, now_s: i64) -> Option<usize> {
        self.tokens.get(token).filter(|(_, until)| now_s < *until).map(|(person, _)| *person)
    }

    fn fresh_voucher(&mut self, person: usize, now_s: i64) -> String {
        let code = voucher_digits(&mut rand::rng());
        self.vouchers.insert(code.clone(), Voucher { person, made: Some(now_s), used: false });
        code
    }
}

/// A running embedded platform. It stops when it is dropped.
pub struct EmbeddedPlatform {
    shared: Arc<Shared>,
    address: SocketAddr,
    stop: watch::Sender<bool>,
    task: Mutex<Option<JoinHandle<()>>>,
}

/// Starts one on the current tokio runtime.
///
/// # Errors
/// When the address is taken or the store cannot be read.
pub async fn start(options: EmbeddedOptions) -> io::Result<EmbeddedPlatform> {
    let book = options.store.as_deref().map(RatingBook::open).transpose()?.unwrap_or_default();
    let inner = TcpListener::bind(options.listen).await?;
    let address = inner.local_addr()?;
    let population = Population::generate(options.seed, options.population);
    let filings = FilingBook::open(&population, china_time(Timestamp::now()).date(), options.store.as_deref())?;
    let mut session = Session::default();
    for person in population.people() {
        let voucher = Voucher { person: person.index, made: None, used: false };
        session.vouchers.insert(person.voucher.clone(), voucher);
    }
    let faults = Faults::new();
    let listener = FaultyListener { inner, faults: faults.clone() };
    let (session, book, filings) = (Mutex::new(session), Mutex::new(book), Mutex::new(filings));
    let shared = Arc::new(Shared { options, population, faults, session, book, filings });
    let router = Router::new().fallback(entry).with_state(shared.clone());
    let service = router.into_make_service_with_connect_info::<Connection>();
    let (stop, mut stopped) = watch::channel(false);
    let until_stopped = async move {
        // An error means that the handle was dropped, which stops it too.
        let _ = stopped.wait_for(|stop| *stop).await;
    };
    let task = tokio::spawn(async move {
        if let Err(error) = axum::serve(listener, service).with_graceful_shutdown(until_stopped).await {
            tracing::error!(%error, "the embedded platform ended");
        }
    });
    Ok(EmbeddedPlatform { shared, address, stop, task: Mutex::new(Some(task)) })
}

impl EmbeddedPlatform {
    /// `http://127.0.0.1:port`.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The handle that makes it fail.
    pub fn faults(&self) -> Faults {
        self.shared.faults.clone()
    }

    /// Everybody it knows.
    pub fn population(&self) -> &Population {
        &self.shared.population
    }

    /// Forgets every sign-in, as a restarted gateway does.
    pub fn forget_sign_ins(&self) {
        self.shared.session().sign_numbers.clear();
    }

    /// A new e-voucher for a person, as their phone would show it now; `None` if there is no such person.
    pub fn fresh_voucher(&self, person_index: usize) -> Option<String> {
        let known = person_index < self.shared.population.people().len();
        known.then(|| self.shared.session().fresh_voucher(person_index, self.shared.now().as_second()))
    }

    /// Service records accepted so far, in order.
    pub fn services(&self) -> Vec<Value> {
        self.shared.book().all(Shelf::Services)
    }

    /// Ratings accepted so far, in order.
    pub fn ratings(&self) -> Vec<Value> {
        self.shared.book().all(Shelf::Ratings)
    }

    /// Questionnaire answers accepted so far, in order.
    pub fn answers(&self) -> Vec<Value> {
        self.shared.book().all(Shelf::Answers)
    }

    /// Filings that came by request so far, in order, as they stand now.
    pub fn filings(&self) -> Vec<Filed> {
        self.shared.filings().accepted()
    }

    /// Settings with which a kiosk reaches this platform.
    pub fn fsi_config(&self) -> FsiConfig {
        FsiConfig {
            base_url: self.base_url(),
            paasid: self.shared.options.paasid.clone(),
            secret: Some(self.shared.options.secret.clone()),
            secret_file: None,
            ca_file: None,
            fixmedins_code: FIXMEDINS_CODE.into(),
            fixmedins_name: "威海市医疗保障服务大厅".into(),
            mdtrtarea_admvs: "371002".into(),
            recer_sys_code: "YBXT".into(),
            opter: "KIOSK01".into(),
            opter_name: "自助服务终端01".into(),
            infver: "V1.0".into(),
            ip: "127.0.0.1".into(),
            mac: String::new(),
            url_style: UrlStyle::Paths,
            hex_case: self.shared.options.hex_case,
            movements: MovementsProfile::Embedded,
            voucher_path: voucher_routes::PATH.into(),
            voucher_field: "ecQrCode".into(),
            business_type: "01301".into(),
            office_id: "0001".into(),
            office_name: "自助服务区".into(),
            connect_ms_max: 3_000,
            total_ms_max: 8_000,
            filing: Some(FilingProfile::default()),
            areas: None,
            site_areas: Arc::default(),
        }
    }

    /// Stops listening and ends every connection; returns when the port is free.
    pub async fn stop(&self) {
        self.shared.faults.clear();
        self.stop.send_replace(true);
        let task = self.task.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(mut task) = task
            && tokio::time::timeout(STOP_WAIT_MAX, &mut task).await.is_err()
        {
            task.abort();
        }
    }
}

async fn entry(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(connection): ConnectInfo<Connection>,
    request: Request,
) -> Response<Body> {
    if let Some(name) = request.uri().path().strip_prefix(FAULT_PATH) {
        return set_fault(&shared.faults, name);
    }
    let fault = shared.faults.current();
    let called = fsi_routes::transaction(request.uri().path());
    match &fault {
        Some(Fault::RequestLost(number)) if called == Some(*number) => {
            connection.cut();
            return Response::default();
        }
        Some(Fault::Down) => connection.cut(),
        Some(Fault::Silent) => {
            shared.faults.outlast(&Fault::Silent).await;
            connection.cut();
        }
        Some(Fault::SlowDrip) => connection.drip(),
        Some(Fault::Html) => return page(StatusCode::OK, PORTAL.to_owned()),
        Some(Fault::ServerError(code)) => {
            let status = StatusCode::from_u16(*code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            return page(status, format!("<html><body><h1>{status}</h1></body></html>"));
        }
        _ => {}
    }
    if matches!(fault, Some(Fault::Down | Fault::Silent)) {
        return Response::default();
    }
    let response = respond(&shared, request).await;
    match fault {
        Some(Fault::DropReply) => connection.cut(),
        Some(Fault::ReplyLost(number)) if called == Some(number) => connection.cut(),
        _ => {}
    }
    response
}

fn set_fault(faults: &Faults, name: &str) -> Response<Body> {
    match filing_routes::fault_named(name) {
        None => return page(StatusCode::NOT_FOUND, "404".into()),
        Some(None) => faults.clear(),
        Some(Some(fault)) => faults.set(fault),
    }
    reply(StatusCode::OK, "text/plain", String::new())
}

const PORTAL: &str = "<!DOCTYPE html><html><head><title>网络认证</title></head><body>请先登录无线网络</body></html>";

fn page(status: StatusCode, html: String) -> Response<Body> {
    reply(status, "text/html; charset=utf-8", html)
}

fn reply(status: StatusCode, kind: &'static str, body: String) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, axum::http::HeaderValue::from_static(kind));
    response
}

async fn respond(shared: &Shared, request: Request) -> Response<Body> {
    let (head, body) = request.into_parts();
    let path = head.uri.path();
    if let Some(index) = path.strip_prefix(FRESH_VOUCHER_PATH) {
        return hand_out_voucher(shared, index);
    }
    if head.method != Method::POST {
        return page(StatusCode::METHOD_NOT_ALLOWED, "405".into());
    }
    let json =
        head.headers.get(CONTENT_TYPE).and_then(|v| v.to_str().ok()).is_some_and(|v| v.starts_with("application/json"));
    if !json {
        return page(StatusCode::UNSUPPORTED_MEDIA_TYPE, "415".into());
    }
    let Ok(body) = to_bytes(body, REQUEST_BYTES_MAX).await else {
        return page(StatusCode::PAYLOAD_TOO_LARGE, "413".into());
    };
    let (status, answer) = if let Some(transaction) = fsi_routes::transaction(path) {
        fsi_routes::answer(shared, transaction, &head.headers, &body)
    } else if path == voucher_routes::PATH {
        voucher_routes::answer(shared, &head.headers, &body)
    } else if let Some((shelf, parameter)) = rating_routes::book(path) {
        // Blocks this thread for one small fsync; nobody else lives on a stand-in's runtime for speed.
        (200, rating_routes::answer(shared, shelf, parameter, &body))
    } else {
        return page(StatusCode::NOT_FOUND, "404".into());
    };
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    reply(status, "application/json; charset=utf-8", answer.to_string())
}

fn hand_out_voucher(shared: &Shared, index: &str) -> Response<Body> {
    let known = index.parse().ok().filter(|i: &usize| *i < shared.population.people().len());
    match known {
        Some(index) => {
            let code = shared.session().fresh_voucher(index, shared.now().as_second());
            reply(StatusCode::OK, "text/plain", code)
        }
        None => page(StatusCode::NOT_FOUND, "404".into()),
    }
}

/// The body as a JSON object; `None` for anything else.
pub(super) fn parse_object(body: &[u8]) -> Option<Map<String, Value>> {
    serde_json::from_slice(body).ok()
}

/// Runs one until the process is told to end (Ctrl-C), and says on standard output where it listens.
///
/// # Errors
/// When the address is taken, the store cannot be read, or no runtime can be made.
pub fn serve_alone(listen: SocketAddr, seed: u64, store: Option<PathBuf>) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async {
        let options = EmbeddedOptions { listen, seed, store, ..EmbeddedOptions::default() };
        let platform = start(options).await?;
        println!("embedded platform listening on {}", platform.base_url());
        tokio::signal::ctrl_c().await?;
        platform.stop().await;
        Ok(())
    })
}
