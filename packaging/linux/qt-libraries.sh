#!/bin/sh
# Qt's wheels bring everything but a few system libraries. See whether they are here;
# install them where this may be done, else print the one line that does.
set -u
[ "$(uname -s)" = Linux ] || exit 0
PYTHON=${PYTHON:-python3}
PACKAGES="libegl1 libgl1 libfontconfig1 libxkbcommon0 libxkbcommon-x11-0 libdbus-1-3 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-xkb1 fonts-dejavu-core"

works() {
    QT_QPA_PLATFORM=offscreen "$PYTHON" -c 'from PySide6.QtWidgets import QApplication; QApplication([])' 2>/dev/null &&
        "$PYTHON" - 2>/dev/null <<'P'
import ctypes, pathlib, sys
import PySide6
plugin = next(pathlib.Path(PySide6.__file__).parent.rglob("libqxcb.so"), None)
sys.exit(0 if plugin is None else 0 * len(str(ctypes.CDLL(str(plugin)))))
P
}

works && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Qt's system libraries…"
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $PACKAGES; } >/dev/null 2>&1
    works && exit 0
fi
echo "Qt misses system libraries of this computer. This line brings them:"
echo "  sudo apt-get install -y $PACKAGES"
echo "On other systems install the same libraries (EGL, OpenGL, fontconfig, xkbcommon, xcb)."
# Without them no window opens and nothing can be tested, but printing does not need them.
exit 0
