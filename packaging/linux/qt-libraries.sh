#!/bin/sh
# Qt's wheels bring everything but a few system libraries. See whether they are here;
# install them where this may be done, else print the one line that does.
# With --needed what is missing is a failure: no test can begin without them. Printing can.
set -u
[ "$(uname -s)" = Linux ] || exit 0
PYTHON=${PYTHON:-python3}
PACKAGES="libegl1 libgl1 libglib2.0-0 libfontconfig1 libfreetype6 libxkbcommon0 libxkbcommon-x11-0 libdbus-1-3 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-xkb1 fonts-dejavu-core"
INSTALL="apt-get update && apt-get install -y --no-install-recommends $PACKAGES"

works() {
    QT_QPA_PLATFORM=offscreen "$PYTHON" -c 'from PySide6.QtWidgets import QApplication; QApplication([])' >/dev/null 2>&1 &&
        "$PYTHON" - 2>/dev/null <<'P'
import ctypes, pathlib
import PySide6
for plugin in pathlib.Path(PySide6.__file__).parent.rglob("libqxcb.so"):
    ctypes.CDLL(str(plugin))
P
}

root() { # whatever stands here, as root and without asking for a password
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

works && exit 0
if command -v apt-get >/dev/null && root true 2>/dev/null; then
    echo "Installing Qt's system libraries…"
    log=$(mktemp)
    root env DEBIAN_FRONTEND=noninteractive sh -c "$INSTALL" >"$log" 2>&1 </dev/null || cat "$log"
    rm -f "$log"
    works && exit 0
fi
echo "Qt misses system libraries of this computer. This line brings them:"
if ! command -v apt-get >/dev/null; then
    echo "  (the system's own installer) EGL, OpenGL, GLib, fontconfig, FreeType, xkbcommon, D-Bus and the xcb utilities"
elif command -v sudo >/dev/null && [ "$(id -u)" != 0 ]; then
    echo "  sudo sh -c '$INSTALL'"
else
    echo "  su -c '$INSTALL'"
fi
[ "${1:-}" != --needed ]
