# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# For tests that drive a real kiosk with keys alone: source it, then begin_screen NAME BUILD_FOLDER SIZE PICTURES_FOLDER [outputs].
# With `outputs` the display has a second screen (DUMMY1, beside DUMMY0) that can be plugged in and out: plug, unplug.
# Gives $build, $work (removed in the end), $pictures and a display of its own.

clean_up_screen() {
    [ -z "${kiosk:-}" ] || kill "$kiosk" 2>/dev/null || true
    [ -z "${xvfb:-}" ] || kill "$xvfb" 2>/dev/null || true
    rm -rf "$work"
}

die() {
    echo "$test: $*" >&2
    [ -z "${DISPLAY:-}" ] || picture where-it-stopped || true
    [ ! -s "$work/said" ] || sed 's/^/  it said: /' "$work/said" >&2
    exit 1
}

begin_screen() {
    test=$1 build=$(cd "$2" && pwd) pictures=$4 kiosk='' xvfb='' counted=0
    work=$(mktemp -d)
    trap clean_up_screen EXIT
    mkdir -p "$pictures"
    rm -f "$pictures"/*.png
    serve "$3" "${5:-}"
    export SDL_VIDEODRIVER=x11
}

# serve SIZE [outputs]: a display, instead of the one before.
serve() {
    if [ -n "$xvfb" ]; then
        kill "$xvfb"
        wait "$xvfb" || true
    fi
    rm -f "$work/number"
    if [ "${2:-}" = outputs ]; then
        write_outputs "$1"
        Xorg -displayfd 5 -config "$work/xorg.conf" -logfile "$work/xorg.log" -nolisten tcp -noreset -sharevts -novtswitch \
            5>"$work/number" >"$work/xvfb.log" 2>&1 &
    else
        Xvfb -displayfd 5 -screen 0 "${1}x24" -nolisten tcp -noreset 5>"$work/number" >"$work/xvfb.log" 2>&1 &
    fi
    xvfb=$!
    for _ in $(seq 600); do
        [ ! -s "$work/number" ] || break
        sleep 0.05
    done
    DISPLAY=:$(cat "$work/number")
    export DISPLAY
}

# write_outputs SIZE: an X server without hardware whose screens come and go as xrandr says.
write_outputs() {
    cat >"$work/xorg.conf" <<END
Section "ServerFlags"
    Option "AutoAddDevices" "false"
    Option "AutoEnableDevices" "false"
    Option "DontVTSwitch" "true"
EndSection
Section "Device"
    Identifier "dummy"
    Driver "dummy"
    VideoRam 65536
EndSection
Section "Monitor"
    Identifier "monitor"
    HorizSync 5.0-1000.0
    VertRefresh 5.0-200.0
EndSection
Section "Screen"
    Identifier "screen"
    Device "dummy"
    Monitor "monitor"
    DefaultDepth 24
    SubSection "Display"
        Depth 24
        Modes "$1"
    EndSubSection
EndSection
END
}

# plug SIZE: the second screen, beside the first. The server looks for screens when it is asked which there are: real ones notice
# by themselves.
plug() {
    xrandr --addmode DUMMY1 "$1"
    xrandr --output DUMMY1 --mode "$1" --right-of DUMMY0
    xrandr >/dev/null
}

# unplug: that screen again. The server tells it as one with hardware would to who has bin/pulled_out.so loaded.
unplug() {
    xrandr --output DUMMY1 --off
    xrandr >/dev/null
}

# start ARGUMENT…: the kiosk, until its window is there and stands still.
start() {
    "$build/bin/klankbord-kiosk" "$@" 2>"$work/said" &
    kiosk=$!
    : >"$work/window"
    for _ in $(seq 300); do
        ! xdotool search --onlyvisible --name Klankbord >"$work/window" 2>/dev/null || break
        kill -0 "$kiosk" 2>/dev/null || die 'it ended before it had a window'
        sleep 0.1
    done
    [ -s "$work/window" ] || die 'the window does not come'
    settle
}

# What is on the screen now, as a digest.
seen() {
    xwd -root -silent | convert xwd:- rgb:- | sha256sum
}

# Waits until the screen stands still.
settle() {
    local before='' now=''
    for _ in $(seq 100); do
        now=$(seen)
        [ "$now" != "$before" ] || break
        before=$now
        sleep 0.4
    done
}

# await_change DIGEST WHAT: until the screen is another one than that, and stands still.
await_change() {
    for _ in $(seq 150); do
        [ "$(seen)" = "$1" ] || break
        sleep 0.2
    done
    [ "$(seen)" != "$1" ] || die "nothing changes on the screen: $2"
    settle
}

# press KEY…: one after another, each an act of a person, and counted.
press() {
    local key
    for key in "$@"; do
        counted=$((counted + 1))
        xdotool key "$key"
        sleep 0.45
    done
}

# go KEY…: presses, and another page must come.
go() {
    local before
    before=$(seen)
    press "$@"
    await_change "$before" "after $*"
}

# type_pin PIN: on the PIN's page.
type_pin() {
    local i
    for ((i = 0; i < ${#1}; i++)); do
        press "${1:i:1}"
    done
    go Return
}

picture() {
    xwd -root -silent | convert xwd:- "$pictures/$1.png"
}

# end_kiosk STATUS: asked by the system to end, it ends.
end_kiosk() {
    kill -TERM "$kiosk"
    for _ in $(seq 100); do
        kill -0 "$kiosk" 2>/dev/null || break
        sleep 0.1
    done
    status=0
    wait "$kiosk" || status=$?
    kiosk=''
    [ "$status" = "$1" ] || die "it ended with status $status"
}
