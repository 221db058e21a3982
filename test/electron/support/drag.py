"""Drops files on a window as a file manager does: the X11 protocol XDND, version 5, without a pointer.

usage: drag.py WINDOW FILE...     prints `finished 1` where the window took them, `finished 0` where it did not
"""
import ctypes as c
import sys
import time
from pathlib import Path

x = c.CDLL('libX11.so.6')
Window = Atom = Time = c.c_ulong
CLIENT_MESSAGE, SELECTION_REQUEST, SELECTION_NOTIFY = 33, 30, 31


class Client(c.Structure):
    _fields_ = [('type', c.c_int), ('serial', c.c_ulong), ('send_event', c.c_int), ('display', c.c_void_p),
                ('window', Window), ('message_type', Atom), ('format', c.c_int), ('data', c.c_long * 5)]


class Request(c.Structure):
    _fields_ = [('type', c.c_int), ('serial', c.c_ulong), ('send_event', c.c_int), ('display', c.c_void_p),
                ('owner', Window), ('requestor', Window), ('selection', Atom), ('target', Atom), ('property', Atom),
                ('time', Time)]


class Notify(c.Structure):
    _fields_ = [('type', c.c_int), ('serial', c.c_ulong), ('send_event', c.c_int), ('display', c.c_void_p),
                ('requestor', Window), ('selection', Atom), ('target', Atom), ('property', Atom), ('time', Time)]


class Event(c.Union):
    _fields_ = [('type', c.c_int), ('client', Client), ('request', Request), ('notify', Notify), ('pad', c.c_long * 24)]


x.XOpenDisplay.restype = c.c_void_p
x.XOpenDisplay.argtypes = [c.c_char_p]
x.XDefaultRootWindow.restype = Window
x.XDefaultRootWindow.argtypes = [c.c_void_p]
x.XInternAtom.restype = Atom
x.XInternAtom.argtypes = [c.c_void_p, c.c_char_p, c.c_int]
x.XCreateSimpleWindow.restype = Window
x.XCreateSimpleWindow.argtypes = [c.c_void_p, Window] + [c.c_int] * 2 + [c.c_uint] * 3 + [c.c_ulong] * 2
x.XSetSelectionOwner.argtypes = [c.c_void_p, Atom, Window, Time]
x.XChangeProperty.argtypes = [c.c_void_p, Window, Atom, Atom, c.c_int, c.c_int, c.c_char_p, c.c_int]
x.XSendEvent.argtypes = [c.c_void_p, Window, c.c_int, c.c_long, c.c_void_p]
x.XPending.argtypes = x.XFlush.argtypes = [c.c_void_p]
x.XNextEvent.argtypes = [c.c_void_p, c.c_void_p]

display = x.XOpenDisplay(None)
target = int(sys.argv[1])
uris = ''.join(f'{Path(path).resolve().as_uri()}\r\n' for path in sys.argv[2:]).encode()
root = x.XDefaultRootWindow(display)
source = x.XCreateSimpleWindow(display, root, 0, 0, 1, 1, 0, 0, 0)


def atom(name):
    return x.XInternAtom(display, name.encode(), 0)


URI_LIST, COPY = atom('text/uri-list'), atom('XdndActionCopy')
x.XSetSelectionOwner(display, atom('XdndSelection'), source, 0)


def tell(message, *data):
    event = Event()
    event.client = Client(CLIENT_MESSAGE, 0, 1, display, target, atom(message), 32, (c.c_long * 5)(source, *data))
    x.XSendEvent(display, target, 0, 0, c.byref(event))
    x.XFlush(display)


def give(request):
    known = request.target == URI_LIST
    if known:
        x.XChangeProperty(display, request.requestor, request.property, URI_LIST, 8, 0, uris, len(uris))
    event = Event()
    event.notify = Notify(SELECTION_NOTIFY, 0, 1, display, request.requestor, request.selection, request.target,
                          request.property if known else 0, request.time)
    x.XSendEvent(display, request.requestor, 0, 0, c.byref(event))
    x.XFlush(display)


def wait(message, seconds):
    """Answers what is asked until this message comes; its data, or None."""
    deadline = time.time() + seconds
    event = Event()
    while time.time() < deadline:
        while x.XPending(display):
            x.XNextEvent(display, c.byref(event))
            if event.type == SELECTION_REQUEST:
                give(event.request)
            elif event.type == CLIENT_MESSAGE and event.client.message_type == atom(message):
                return list(event.client.data)
        time.sleep(0.01)
    return None


tell('XdndEnter', 5 << 24, URI_LIST, 0, 0)
accepted = False
# The page answers by its own time; the pointer stays and is told of again.
for _ in range(50):
    tell('XdndPosition', 0, (400 << 16) | 400, 0, COPY)
    status = wait('XdndStatus', 2)
    accepted = status is not None and status[1] & 1 == 1
    if accepted:
        break
    time.sleep(0.1)
if accepted:
    tell('XdndDrop', 0, 0, 0, 0)
    finished = wait('XdndFinished', 10)
    print('finished', 0 if finished is None else finished[1] & 1)
else:
    tell('XdndLeave', 0, 0, 0, 0)
    print('refused')
