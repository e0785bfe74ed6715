"""A small window that files can be dragged from: X, Y and the files are its arguments."""

import sys
from pathlib import Path

import gi

gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, GLib, Gtk

x, y = int(sys.argv[1]), int(sys.argv[2])
uris = [Path(name).resolve().as_uri() for name in sys.argv[3:]]

window = Gtk.Window(type=Gtk.WindowType.POPUP)
window.set_default_size(60, 60)
window.move(x, y)
box = Gtk.EventBox()
box.add(Gtk.Label(label="drag"))
window.add(box)
target = Gtk.TargetEntry.new("text/uri-list", 0, 0)
box.drag_source_set(Gdk.ModifierType.BUTTON1_MASK, [target], Gdk.DragAction.COPY)
box.connect("drag-data-get", lambda _box, _context, data, _info, _time: data.set_uris(uris))
window.show_all()
GLib.timeout_add(200, lambda: print("ready", flush=True))
Gtk.main()
