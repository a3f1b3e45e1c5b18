"""A Sahara client for the capstone of modemscope learn: sends a programmer to a chip in EDL.

usage: capstone.py SOCKET PROGRAMMER
"""
import socket
import struct
import sys

HELLO, HELLO_RSP, READ_DATA, END_IMAGE = 1, 2, 3, 4
DONE, DONE_RSP, RESET = 5, 6, 7
READ_DATA_64 = 18

HEADER = 8
LONGEST = 4096
TRANSFER = 0  # the mode in which a loader takes an image
PATIENCE = 20  # seconds


class Fault(Exception):
    """The loader said something that makes no sense, or refused."""


class Loader:
    """The packets of a loader, however its bytes are cut."""

    def __init__(self, path):
        self.port = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.port.settimeout(PATIENCE)
        self.port.connect(path)
        self.held = b""

    def exactly(self, length):
        """That many bytes: a read may end anywhere."""
        while len(self.held) < length:
            more = self.port.recv(LONGEST)
            if not more:
                raise Fault("the loader went away")
            self.held += more
        taken, self.held = self.held[:length], self.held[length:]
        return taken

    def packet(self):
        """Command and body of the next packet."""
        command, length = struct.unpack("<II", self.exactly(HEADER))
        if not HEADER <= length <= LONGEST:
            raise Fault(f"a packet of {length} bytes cannot be")
        return command, self.exactly(length - HEADER)

    def send(self, command, *fields):
        length = HEADER + 4 * len(fields)
        self.port.sendall(struct.pack(f"<II{len(fields)}I", command, length, *fields))

    def raw(self, data):
        self.port.sendall(data)

    def close(self):
        self.port.close()


def fields(body, form):
    if len(body) < struct.calcsize(form):
        raise Fault(f"a body of {len(body)} bytes is too short")
    return struct.unpack_from(form, body)


def greet(loader):
    """Waits for HELLO and answers it in its own version and mode."""
    command, body = loader.packet()
    if command != HELLO:
        raise Fault(f"command {command} came instead of HELLO")
    version, oldest, _, mode = fields(body, "<4I")
    if mode != TRANSFER:
        raise Fault(f"the loader is in mode {mode}, and takes no image")
    if not oldest <= 2 <= version:
        raise Fault(f"the loader speaks {oldest} to {version}")
    loader.send(HELLO_RSP, 2, oldest, 0, mode, 0, 0, 0, 0, 0, 0)


def piece(programmer, offset, length):
    data = programmer[offset : offset + length]
    if len(data) != length:
        raise Fault(f"{length} bytes from {offset} are not in the file")
    return data


def upload(loader, programmer):
    """Gives every piece that is asked for, until the loader has judged the whole."""
    while True:
        command, body = loader.packet()
        if command == READ_DATA:
            _, offset, length = fields(body, "<3I")
            loader.raw(piece(programmer, offset, length))
        elif command == READ_DATA_64:
            _, offset, length = fields(body, "<3Q")
            loader.raw(piece(programmer, offset, length))
        elif command == END_IMAGE:
            _, status = fields(body, "<2I")
            if status != 0:
                raise Fault(f"the loader refuses the programmer: status {status}")
            return
        else:
            raise Fault(f"command {command} makes no sense now")


def start(loader):
    loader.send(DONE)
    command, _ = loader.packet()
    if command != DONE_RSP:
        raise Fault(f"command {command} came instead of DONE_RSP")


def main(path, name):
    with open(name, "rb") as file:
        programmer = file.read()
    loader = Loader(path)
    try:
        greet(loader)
        upload(loader, programmer)
        start(loader)
    except Fault as fault:
        loader.send(RESET)
        print(f"failed: {fault}", file=sys.stderr)
        return 1
    finally:
        loader.close()
    print("the programmer runs")
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
