"""Single calls to Katib's services."""
from .http2 import Link
from .manager import UNKNOWN
from .stream import Stream
from .tls import tls_context


def ask(address, port, path, message, limit, authorities=None):
	"""One gRPC call. Returns its status or None, what is wrong, and the first bytes of the answer's message."""
	context = None
	if address.startswith('https://'):
		if not tls_context:
			return None, 'delivered without TLS', b''
		address, context = address[len('https://'):].rstrip('/'), tls_context(authorities, b'h2')
	try:
		stream = Stream(address, port, context, limit)
		try:
			stream.limit = limit
			link = Link(stream, address, context, path)
			found = link.call(message)
		finally:
			stream.close()
		text = found.get('grpc-status', str(UNKNOWN))
		return int(text), 'grpc-status %s: %s' % (text, found.get('grpc-message', '')), bytes(link.answer)
	except Exception as e:
		return None, str(e) or repr(e), b''
