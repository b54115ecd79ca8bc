"""What the peers in Python share: reading a report, and telling the test about it, one JSON object a line."""
import json
import sys
import threading

PATH = '/api.v1.beta1.DBManager/ReportObservationLog'
lock = threading.Lock()


def fields(message):
    """The length-delimited fields of a protobuf message: pairs of number and content, in order."""
    at = 0

    def varint():
        nonlocal at
        value = shift = 0
        while True:
            byte = message[at]
            at, value, shift = at + 1, value | (byte & 127) << shift, shift + 7
            if byte < 128:
                return value

    while at < len(message):
        number, size = varint() >> 3, varint()
        if at + size > len(message):
            raise ValueError('a field is longer than its message')
        yield number, message[at:at + size]
        at += size


def rows(message):
    """`name=value` of each row of a ReportObservationLogRequest."""
    log = dict(fields(message))[2]
    found = []
    for _, row in fields(log):
        metric = dict(fields(dict(fields(row))[2]))
        found.append(metric[1].decode() + '=' + metric.get(2, b'').decode())
    return found


def tell(**what):
    with lock:
        sys.stdout.write(json.dumps(what) + '\n')
        sys.stdout.flush()
