#!/bin/sh
# Build the wheel, install it into an environment that holds nothing else, and use it as a user would.
set -eu
PYTHON=${PYTHON:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
.venv/bin/python -m build --wheel --no-isolation --outdir "$work/dist" . >"$work/build.log" 2>&1 || { cat "$work/build.log"; exit 1; }
"$PYTHON" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check -c constraints.txt "$work"/dist/*.whl
cd "$work"
export HOME="$work/home" PLANSTUDIO_DATA="$work/data" QT_QPA_PLATFORM=offscreen
mkdir -p "$HOME"
"$work/venv/bin/planstudio" --version
"$work/venv/bin/planstudio" demo --print-only "$work/demo"
[ -s "$work/demo/juniper-flats-packet.pdf" ]
"$work/venv/bin/planstudio" check "$work/demo/Juniper Flats sample plan.planstudio"
"$work/venv/bin/python" -c 'from PySide6.QtWidgets import QApplication; from planstudio.gui import theme; app = QApplication([]); theme.apply(app, dark=True); import planstudio.gui.pages.plan_view; print("window: ready")'
echo "clean environment: 5 passed, 0 failed"
