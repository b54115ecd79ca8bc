"""TLS by the module ssl, which all versions have: nothing that lies beside a script is imported here."""
import sys


def tls_context(authorities, protocol):
	"""Verifies servers against a file of authorities (PEM), or the system's. `protocol` is for ALPN, as bytes."""
	import ssl
	context = ssl.create_default_context(cafile=authorities or None)
	context.verify_flags &= ~ssl.VERIFY_X509_STRICT  # which 3.13 adds, and refuses authorities by that Go takes
	if getattr(ssl, 'HAS_ALPN', False):  # not in 3.4
		context.set_alpn_protocols([protocol.decode()])
	return context


def secure(context, socket, host):
	"""Shakes hands; returns the socket to go on with."""
	import socket as sockets
	timeout = socket.gettimeout()
	if sys.version_info < (3,):
		plain = sockets.socket(_sock=socket)
	else:
		plain = sockets.socket(socket.family, socket.type, socket.proto, socket.detach())
	plain.settimeout(timeout)
	return context.wrap_socket(plain, server_hostname=host)
