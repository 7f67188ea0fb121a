"""Reads the kiosk's accessibility tree as an assistive technology does, and says what is wrong with it.

Runs inside a display and a session bus of its own; install/accessibility.sh makes both.
"""

import os
import subprocess
import sys
import tempfile
import time
import warnings

import gi

warnings.simplefilter("ignore", DeprecationWarning)
gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib  # noqa: E402

LIMIT_S = 60
BUTTONS = {"push button", "toggle button", "check box", "radio button"}


def enable():
    """Tells applications that somebody listens; a desktop's settings do this elsewhere."""
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    for name in ("IsEnabled", "ScreenReaderEnabled"):
        value = GLib.Variant("(ssv)", ("org.a11y.Status", name, GLib.Variant("b", True)))
        bus.call_sync(
            "org.a11y.Bus", "/org/a11y/bus", "org.freedesktop.DBus.Properties", "Set", value, None, 0, -1, None
        )


def wait_for(what, look):
    """What `look` gives once it gives something; a deadline, no fixed pause."""
    end = time.monotonic() + LIMIT_S
    while time.monotonic() < end:
        try:
            found = look()
        except GLib.GError:
            found = None  # The screen changed while it was walked through.
        if found:
            return found
        # Announcements arrive while the main loop turns.
        while GLib.MainContext.default().iteration(False):
            pass
        time.sleep(0.05)
    sys.exit(f"accessibility: {what} did not come within {LIMIT_S} s")


def nodes(node, depth=0):
    """The node and all below it, with their depth."""
    yield node, depth
    for place in range(node.get_child_count()):
        child = node.get_child_at_index(place)
        if child is not None:
            yield from nodes(child, depth + 1)


def window():
    """The kiosk's window without that of the stand's dock, once it has buttons."""
    desktop = Atspi.get_desktop(0)
    for place in range(desktop.get_child_count()):
        application = desktop.get_child_at_index(place)
        frames = [] if application is None else [n for n, _ in nodes(application) if n.get_role_name() == "frame"]
        for frame in frames:
            if frame.get_name() == "kiosk" and any(n.get_role_name() in BUTTONS for n, _ in nodes(frame)):
                return frame
    return None


def one_line(node, depth):
    """Role, name, states, place and actions of a node."""
    states = node.get_state_set()
    marks = [n for n in ("focused", "checked", "pressed") if states.contains(getattr(Atspi.StateType, n.upper()))]
    if not states.contains(Atspi.StateType.ENABLED) and node.get_role_name() in BUTTONS:
        marks.append("disabled")
    actions = [node.get_action_name(i) for i in range(node.get_n_actions())] if node.get_action_iface() else []
    value = node.get_current_value() if node.get_value_iface() else None
    name = " / ".join(node.get_name().split("\n"))
    extras = "".join(f" [{mark}]" for mark in marks + actions)
    if value is not None:
        extras += f" = {value:g}"
    return f"{'  ' * depth}{node.get_role_name()} “{name}”{extras}"


def faults(tree):
    """What an assistive technology could not say or do."""
    for node, _ in tree:
        if node.get_role_name() not in BUTTONS:
            continue
        if not node.get_name().strip():
            yield "a button without a name"
        if not node.get_action_iface() or node.get_n_actions() == 0:
            yield f"“{node.get_name()}” cannot be pressed"


def show(title):
    """Prints a screen and gives its faults."""
    def look():
        tree = list(nodes(window()))
        named = [one_line(n, depth) for n, depth in tree if n.get_name() or n.get_role_name() in BUTTONS]
        pressable = sum(n.get_role_name() in BUTTONS for n, _ in tree)
        return [f"## {title}: {len(tree)} nodes, {pressable} to press", "", *named, ""], list(faults(tree))

    lines, wrong = wait_for(title, look)
    print("\n".join(lines))
    return wrong


def press(name):
    """Presses what is called so, as a screen reader would."""
    def named():
        tree = nodes(window() or Atspi.get_desktop(0))
        return next((n for n, _ in tree if n.get_name().startswith(name) and n.get_role_name() in BUTTONS), None)

    return wait_for(f"a button “{name}”", named).do_action(0)


def has(text):
    """Whether something on the screen is called so."""
    def look():
        return any(text in n.get_name() for n, _ in nodes(window() or Atspi.get_desktop(0)))

    return look


def listen(heard):
    """Collects what is announced without being asked for."""
    listener = Atspi.EventListener.new(lambda event: heard.append(str(event.any_data)))
    listener.register("object:announcement")
    return listener


def main():
    enable()
    heard = []
    listener = listen(heard)
    openbox = subprocess.Popen(["openbox"], stderr=subprocess.DEVNULL)
    with tempfile.TemporaryDirectory() as data:
        kiosk = subprocess.Popen(
            [os.environ["KIOSK_LOOKED_AT"], "run", "--window", "1080x1920", "--data", data],
            stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, "RUST_LOG": "error"},
        )
        try:
            wait_for("the first screen", window)
            wrong = show("standby")
            press("点这里开始")
            wait_for("the home screen", has("查医保余额"))
            wrong += show("home")
            press("查医保余额")
            wait_for("the identification", has("请把身份证"))
            wrong += show("identify")
            wait_for("an announcement", lambda: any("请把身份证" in text for text in heard))
        finally:
            for process in (kiosk, openbox):
                process.terminate()
                process.wait()
    listener.deregister("object:announcement")
    for text in heard:
        print(f"announced: {text}")
    for fault in wrong:
        print(f"WRONG: {fault}")
    print(f"accessibility: {len(wrong)} faults")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
