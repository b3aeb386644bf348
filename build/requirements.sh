# Sourced by ./start and ./test: finds what the project needs and installs what is missing with apt-get.
# With --no-install it only lists what is missing and how to get it.

INSTALL=yes

say() { printf '%s\n' "$*" >&2; }

# need_sdk: the .NET 10 SDK is the one prerequisite that is not installed here.
need_sdk() {
  if ! command -v dotnet >/dev/null 2>&1 || ! dotnet --list-sdks 2>/dev/null | grep -q '^10\.'; then
    say "The .NET 10 SDK is missing. Install it from https://dotnet.microsoft.com/download/dotnet/10.0 and run this again."
    exit 1
  fi
}

# need PACKAGE PROBE REASON: PROBE is a command, or a file when it starts with '/'.
MISSING=()
need() {
  local package=$1 probe=$2 reason=$3
  case $probe in
    /*) [ -e "$probe" ] && return 0 ;;
    *) command -v "$probe" >/dev/null 2>&1 && return 0
       # Debian keeps servers in /usr/sbin, which an ordinary user's PATH lacks.
       [ -x "/usr/sbin/$probe" ] && return 0 ;;
  esac
  say "Missing: $package ($reason)"
  MISSING+=("$package")
}

# install_missing: with apt-get, as root or through sudo.
install_missing() {
  [ ${#MISSING[@]} -eq 0 ] && return 0
  local apt=(apt-get)
  [ "$(id -u)" -eq 0 ] || apt=(sudo apt-get)
  if [ "$INSTALL" = no ]; then
    say "Install with: ${apt[*]} install --no-install-recommends ${MISSING[*]}"
    exit 1
  fi
  if ! command -v apt-get >/dev/null 2>&1; then
    say "This system has no apt-get: install ${MISSING[*]} with its own package manager, then run this again."
    exit 1
  fi
  say "Installing ${MISSING[*]} …"
  # Retried once after an update: a fresh machine has no package lists yet.
  if ! DEBIAN_FRONTEND=noninteractive "${apt[@]}" install -y --no-install-recommends "${MISSING[@]}" >/dev/null 2>&1; then
    "${apt[@]}" update >/dev/null
    DEBIAN_FRONTEND=noninteractive "${apt[@]}" install -y --no-install-recommends "${MISSING[@]}" >/dev/null
  fi
}

# need_to_run: what ./start needs, and every build.
need_to_run() {
  need_sdk
  need nodejs node "builds the dashboard's client"
  need npm npm "fetches the dashboard's libraries"
  # .NET loads it at the first encrypted connection, and ends the process where it is missing.
  compgen -G '/usr/lib/*/libssl.so.3' >/dev/null || need libssl3 '/usr/lib/*/libssl.so.3' "encrypted connections"
  need ffmpeg ffmpeg "decodes cameras and recorded videos"
  need fonts-dejavu-core /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf "text in plots"
}

# need_to_test: what the tests need in addition.
need_to_test() {
  need mosquitto mosquitto "a real MQTT broker to test against"
  need mosquitto-clients mosquitto_sub "the bridge's speed is measured against it"
  # The server's programs are in a folder of its version.
  compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || need postgresql '/usr/lib/postgresql/*/bin/initdb' "a real database to test against"
  need chromium chromium "opens the dashboard in tests"
  need iproute2 tc "makes networks between which links are cut"
  # Where there is a clang already, that links.
  command -v clang >/dev/null 2>&1 || need gcc gcc "links the published edge node"
  need openssl openssl "makes the certificates of the compose file"
  # OpenCV's native library, the comparator of the background model, is linked against GTK. Without it those tests are skipped.
  if [ "$(uname -m)" = x86_64 ]; then
    need libgtk2.0-0 /usr/lib/x86_64-linux-gnu/libgtk-x11-2.0.so.0 "OpenCV, which the background model is compared with"
  fi
  need curl curl "runs the documentation's examples of the query API"
  # The RTSP camera that tests start, kill and start again.
  compgen -G '/usr/lib/*/girepository-1.0/GstRtspServer-1.0.typelib' >/dev/null \
    || need gir1.2-gst-rtsp-server-1.0 '/usr/lib/*/girepository-1.0/GstRtspServer-1.0.typelib' "an RTSP camera to test against"
  need python3-gi /usr/lib/python3/dist-packages/gi "runs that camera"
  compgen -G '/usr/lib/*/gstreamer-1.0/libgstvideotestsrc.so' >/dev/null \
    || need gstreamer1.0-plugins-base '/usr/lib/*/gstreamer-1.0/libgstvideotestsrc.so' "its pictures and sound"
  compgen -G '/usr/lib/*/gstreamer-1.0/libgstrtp.so' >/dev/null \
    || need gstreamer1.0-plugins-good '/usr/lib/*/gstreamer-1.0/libgstrtp.so' "its RTP"
  compgen -G '/usr/lib/*/gstreamer-1.0/libgstx264.so' >/dev/null \
    || need gstreamer1.0-plugins-ugly '/usr/lib/*/gstreamer-1.0/libgstx264.so' "its H.264"
  # A real Kafka beside the checkout is used where there is one; without it librdkafka's mock cluster does.
  [ ! -d ../shared/kafka ] || need openjdk-17-jre-headless java "runs the Kafka in ../shared/kafka"
}

# fetch_promtool: Prometheus' checker out of Debian's package, which is not installed: that would start a server that listens on
# every address. Without it one test is skipped and says so.
fetch_promtool() {
  local folder=artifacts/prometheus
  if command -v promtool >/dev/null 2>&1 || [ -x "$folder/usr/bin/promtool" ]; then
    return 0
  fi
  if [ "$INSTALL" = no ] || ! command -v apt-get >/dev/null 2>&1 || ! command -v dpkg-deb >/dev/null 2>&1; then
    say "Missing: promtool (checks what is shipped for Prometheus); its tests are skipped."
    return 0
  fi
  say "Fetching promtool into $folder …"
  if ! (
    mkdir -p "$folder" && cd "$folder" || exit 1
    # A fresh machine has no package lists yet.
    apt-get download prometheus >/dev/null || { apt-get update >/dev/null && apt-get download prometheus >/dev/null; } || exit 1
    dpkg-deb --fsys-tarfile prometheus_*.deb | tar -x ./usr/bin/promtool && rm -f prometheus_*.deb
  ) 2>/dev/null; then
    rm -rf "$folder"
    say "promtool could not be fetched: its tests are skipped."
  fi
}

# fetch_arm64_libraries: OpenSSL for arm64 out of Debian's package, for the test that runs the published node under an emulator. Only where
# the emulator is installed; the package lists of this machine stay as they are.
fetch_arm64_libraries() {
  local folder=artifacts/arm64
  if ! command -v qemu-aarch64-static >/dev/null 2>&1 || [ -e "$folder/usr/lib/aarch64-linux-gnu/libssl.so.3" ]; then
    return 0
  fi
  if [ "$INSTALL" = no ] || ! command -v apt-get >/dev/null 2>&1 || ! command -v dpkg-deb >/dev/null 2>&1; then
    say "Missing: libssl3 for arm64 (the published node under an emulator); its test is skipped."
    return 0
  fi
  say "Fetching libssl3 for arm64 into $folder …"
  if ! (
    mkdir -p "$folder/state/lists/partial" "$folder/cache/archives/partial" && cd "$folder" || exit 1
    : > state/status
    apt=(apt-get -o "Dir::State=$PWD/state" -o "Dir::State::status=$PWD/state/status" -o "Dir::Cache=$PWD/cache"
      -o APT::Architecture=arm64 -o APT::Architectures=arm64)
    "${apt[@]}" update >/dev/null && "${apt[@]}" download libssl3 >/dev/null || exit 1
    dpkg-deb -x libssl3_*.deb . && rm -rf libssl3_*.deb state cache
  ) 2>/dev/null; then
    rm -rf "$folder"
    say "libssl3 for arm64 could not be fetched: its test is skipped."
  fi
}
