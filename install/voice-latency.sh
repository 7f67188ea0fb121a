#!/usr/bin/env bash
# Measures how soon the kiosk is silent after a press, and how soon it answers: through a PulseAudio of its own whose only
# output is a null sink, heard at that sink's monitor. The kiosk itself needs none of this; packages are installed if they are missing.
#   install/voice-latency.sh [--count 60]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# shellcheck source=install/common.sh
. install/common.sh

install_packages pulseaudio pulseaudio-utils libasound2-plugins

folder="$(mktemp -d)"
chmod 700 "$folder"
server=""
end() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  rm -rf "$folder"
}
trap end EXIT

kiosk=(cargo run --locked --quiet --release --no-default-features --features sound --bin kiosk --)
[ -z "${KIOSK:-}" ] || kiosk=("$KIOSK")
socket="$folder/native"
pulseaudio -n --daemonize=no --exit-idle-time=-1 --disallow-exit --use-pid-file=no \
  -L "module-native-protocol-unix socket=$socket auth-anonymous=1" \
  -L "module-null-sink sink_name=kiosk rate=48000 channels=2" 2>"$folder/server.log" &
server=$!
for _ in $(seq 100); do
  [ -S "$socket" ] && break
  sleep 0.1
done
cat > "$folder/asound.conf" <<'CONF'
</usr/share/alsa/alsa.conf>
pcm.!default { type pulse }
ctl.!default { type pulse }
CONF
export PULSE_SERVER="unix:$socket" ALSA_CONFIG_PATH="$folder/asound.conf"
read -r load _ < /proc/loadavg
"${kiosk[@]}" voice latency "$@"
echo "load of the machine when it began: $load on $(nproc) cores"
