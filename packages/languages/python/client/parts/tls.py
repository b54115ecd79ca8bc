"""TLS, with _ssl alone: ssl imports what files beside the script may shadow."""
from .protobuf import field


def tls_context(authorities, protocol):
	"""Verifies servers against a file of authorities (PEM), or the system's. `protocol` is for ALPN, as bytes."""
	import _ssl
	context = _ssl._SSLContext(_ssl.PROTOCOL_TLS_CLIENT)
	if authorities:
		context.load_verify_locations(authorities)
	else:
		context.set_default_verify_paths()
	context._set_alpn_protocols(field(b'', protocol))
	return context


def secure(context, socket, host):
	"""Shakes hands; returns the socket to go on with, and what reads and writes on it."""
	tls = context._wrap_socket(socket, False, server_hostname=host)
	tls.do_handshake()
	return socket, tls
