#!/bin/sh
# The two commands on machines that have python3, pip and make and nothing else.
#
#   sh packaging/minimal-root.sh                   Debian 12 and 13, every round
#   sh packaging/minimal-root.sh trixie user       one Debian, one round
#
#   user   somebody without rights: make demo prints its packet; make test names one line, which is pasted
#   demo   root, nothing installed yet: make demo prints its packet and says where
#   test   root: make test passes
#
# Needs root, debootstrap and a network. What apt and pip use on this machine is looked up when it
# runs. The last commit is what is tried, as a fresh clone. WORK says where the roots are built.
set -eu
cd "$(dirname "$0")/.."
WORK=${WORK:-/var/tmp/planstudio-roots}
SUITES='' ROUNDS=''
for word in "$@"; do
    case $word in
    user | demo | test) ROUNDS="$ROUNDS $word" ;;
    *) SUITES="$SUITES $word" ;;
    esac
done
SUITES=${SUITES:-bookworm trixie} ROUNDS=${ROUNDS:-user demo test}
failed=0 passed=0

[ "$(id -u)" = 0 ] || { echo "Only root can build a root."; exit 2; }
command -v debootstrap >/dev/null || { echo "debootstrap is missing: apt-get install -y debootstrap"; exit 2; }
mkdir -p "$WORK"

# The bare root of a suite, built once: what every round starts from.
bare() {
    [ -e "$WORK/$1.bare/done" ] && return
    rm -rf "$WORK/$1.bare"
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' | grep -v security | head -n 1)
    debootstrap --variant=minbase --include=python3,python3-pip,make "$1" "$WORK/$1.bare" "$mirror" >"$WORK/$1.log" 2>&1 ||
        { tail -n 20 "$WORK/$1.log"; exit 1; }
    apt-config dump Acquire >"$WORK/$1.bare/etc/apt/apt.conf.d/99here"
    touch "$WORK/$1.bare/done"
}

# A copy of it with a clone of this repository in /home/ruth/planstudio.
fresh() {
    rm -rf "$root"
    cp -a "$WORK/$suite.bare" "$root"
    cp -L /etc/resolv.conf "$root/etc/resolv.conf"
    chroot "$root" useradd --create-home --shell /bin/sh ruth
    chroot "$root" passwd --quiet --delete root # so that the line for su can be pasted
    git clone --quiet --no-hardlinks . "$root/home/ruth/planstudio"
    chroot "$root" chown -R ruth: /home/ruth
    python3 - "$root" >"$root.mounts" <<'P'
# pip's configuration of this machine for the root, and the places on this disk that it names.
import re, shutil, subprocess, sys
from pathlib import Path
root = Path(sys.argv[1])
lines, seen = ["[global]"], set()
for line in subprocess.check_output([sys.executable, "-m", "pip", "config", "list"], text=True).splitlines():
    key, value = line.split("=", 1)
    name, value = key.rsplit(".", 1)[1], eval(value)  # written with repr()
    if name not in seen:
        seen.add(name)
        lines.append(f"{name} = " + value.replace("\n", "\n    "))
        for place in {Path(p) for p in re.findall(r"(?<![\w/:.])(?:file://)?(/[^\s]+)", value)}:
            if place.is_dir():
                (root / place.relative_to("/")).mkdir(parents=True, exist_ok=True)
                print(place.parent if place.name == "simple" else place)
            elif place.is_file():
                (root / place.relative_to("/")).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(place, root / place.relative_to("/"))
(root / "etc/pip.conf").write_text("\n".join(lines) + "\n")
P
}

# $1 (root or ruth) says $2 there: an environment of its own, and mounts that end with it.
there() {
    who=$1 words=$2 home=/root
    [ "$who" = root ] || home=/home/ruth
    unshare --mount --pid --fork sh -c '
        set -eu
        root=$1
        mount -t proc proc "$root/proc"
        mount --rbind /dev "$root/dev"
        mount -t tmpfs tmpfs "$root/run"
        while read -r place; do mkdir -p "$root$place"; mount --bind "$place" "$root$place"; done <"$root.mounts"
        exec chroot --userspec="$2:" "$root" /usr/bin/env -i HOME="$3" PATH=/usr/sbin:/usr/bin:/sbin:/bin sh -c "$4"
    ' sh "$root" "$who" "$home" "cd /home/ruth/planstudio && $words"
}

hold() { # what must stand in the log of a round
    if grep -q "$2" "$root.log"; then passed=$((passed + 1)); else
        failed=$((failed + 1))
        echo "--- $suite, $1: \"$2\" is missing. The end of $root.log:"
        tail -n 30 "$root.log"
    fi
}

for suite in $SUITES; do
    echo "$suite: building"
    bare "$suite"
    for round in $ROUNDS; do
        root=$WORK/$suite.$round
        echo "$suite, $round"
        fresh
        case $round in
        user)
            there ruth "make demo" >"$root.log" 2>&1 || true
            hold user "juniper-flats-packet.pdf"
            there ruth "make test" >"$root.log" 2>&1 || true
            hold user "^  su -c "
            there ruth "$(grep -m 1 '^  su -c ' "$root.log" || echo false)" >"$root.log" 2>&1 || true
            there ruth "make demo" >"$root.log" 2>&1 || true
            hold user "juniper-flats-packet.pdf"
            there ruth ".venv/bin/python -m pytest -q tests/gui/test_theme.py" >"$root.log" 2>&1 || true
            hold user "[0-9] passed"
            ;;
        demo)
            there root "make demo" >"$root.log" 2>&1 || true
            hold demo "juniper-flats-packet.pdf"
            ;;
        test)
            if there root "make test" >"$root.log" 2>&1; then hold test "[0-9] passed"; else hold test "make test ended well"; fi
            grep -E "[0-9] passed|^FAILED|^ERROR" "$root.log" || true
            ;;
        esac
        [ "$failed" != 0 ] || rm -rf "$root"
    done
done
echo "minimal roots: $passed passed, $failed failed"
[ "$failed" = 0 ]
