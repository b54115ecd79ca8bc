"""TLS, with _ssl alone: ssl imports what files beside the script may shadow."""
import sys
from .old_tls import old_context, old_secure
from .protobuf import field


def tls_context(authorities, protocol):
	"""Verifies servers against a file of authorities (PEM), or the system's. `protocol` is for ALPN, as bytes."""
	if sys.version_info < (3, 7):
		return old_context(authorities, protocol)
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
	if sys.version_info < (3, 7):
		return old_secure(context, socket, host)
	tls = context._wrap_socket(socket, False, server_hostname=host)
	tls.do_handshake()
	return socket, tls
