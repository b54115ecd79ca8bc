"""Katib's DB manager as a destination: what a Sender delivers to."""
from .clock import stamp
from .http2 import Link
from .protobuf import field, text_field
from .stream import Stream
from .tls import tls_context

PORT = 6789
OK, UNKNOWN = 0, 2  # gRPC statuses
# Tags: field number << 3 | 2, which is text, bytes or a message.
TRIAL_NAME, OBSERVATION_LOG = b'\x0a', b'\x12'  # of ReportObservationLogRequest
METRIC_LOGS = b'\x0a'  # of ObservationLog
TIME_STAMP, METRIC = b'\x0a', b'\x12'  # of MetricLog
NAME, VALUE = b'\x0a', b'\x12'  # of Metric


class Manager:
    """`https://` in front of the address asks for TLS. Tags are those of Katib's `api.proto`."""

    def __init__(self, trial, address, authorities):
        self.name, self.link, self.trial, self.context = address, None, text_field(TRIAL_NAME, trial), None
        if address.startswith('https://') and tls_context:
            address, self.context = address[len('https://'):].rstrip('/'), tls_context(authorities, b'h2')
        self.address = address

    def report(self, batch, limit):
        """Sends the batch in one call. Returns its gRPC status or None, and what is wrong."""
        rows = []
        for micros, name, value in batch:
            metric = text_field(NAME, name) + text_field(VALUE, value)
            rows.append(field(METRIC_LOGS, text_field(TIME_STAMP, stamp(micros)) + field(METRIC, metric)))
        status = None
        try:
            if not self.link:
                self.link = self.connect(limit)
            self.link.stream.limit = limit
            found = self.link.call(self.trial + field(OBSERVATION_LOG, b''.join(rows)))
            text = found.get('grpc-status', str(UNKNOWN))
            status, error = int(text), 'grpc-status %s: %s' % (text, found.get('grpc-message', ''))
        except Exception as e:
            error = str(e) or repr(e)
        if status != OK or not self.link.usable:
            self.close()
        return status, error

    def connect(self, limit):
        if self.address.startswith('https://'):
            raise OSError('the client was delivered without TLS')
        return Link(Stream(self.address, PORT, self.context, limit), self.address, self.context)

    def close(self):
        link, self.link = self.link, None
        if link:
            link.stream.close()
