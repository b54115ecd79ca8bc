"""TLS, with _ssl alone: ssl imports what files beside the script may shadow."""
import sys
from .protobuf import field


def tls_context(authorities, protocol):
    """Verifies servers against a file of authorities (PEM), or the system's. `protocol` is for ALPN, as bytes."""
    if sys.version_info < (3, 7):  # there host names are compared in ssl; no script is run by these
        import ssl
        context = ssl.create_default_context(cafile=authorities or None)
        if ssl.HAS_ALPN:
            context.set_alpn_protocols([protocol.decode()])
        return context
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
        import socket as sockets
        timeout = socket.gettimeout()
        if hasattr(socket, 'detach'):
            plain = sockets.socket(socket.family, socket.type, socket.proto, socket.detach())
        else:
            plain = sockets.socket(_sock=socket)
        plain.settimeout(timeout)
        wrapped = context.wrap_socket(plain, server_hostname=host)
        return wrapped, wrapped
    tls = context._wrap_socket(socket, False, server_hostname=host)
    tls.do_handshake()
    return socket, tls
