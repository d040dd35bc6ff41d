import CGEOS
import Planar

/// A GEOS context with what it needs to turn values into handles and back.
///
/// Made inside the call that uses it and never shared: a context costs less than 0.1 µs.
final class GeosSession {
  let context: GEOSContextHandle_t
  let operation: String
  let frame: LocalFrame
  private var lastMessage = ""

  init(_ operation: String, frame: LocalFrame = LocalFrame()) {
    self.operation = operation
    self.frame = frame
    context = GEOS_init_r()
    GEOSContext_setErrorMessageHandler_r(
      context,
      { text, session in
        guard let text, let session else { return }
        Unmanaged<GeosSession>.fromOpaque(session).takeUnretainedValue().lastMessage =
          String(cString: text)
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  deinit { GEOS_finish_r(context) }

  /// The error that the last call left behind.
  var failure: TopologyError {
    let message = lastMessage.isEmpty ? "no reason given" : lastMessage
    return TopologyError(.failed, operation: operation, place: place(in: message), message: message)
  }

  /// Takes over the handle that a constructor or an operation returned.
  func own(_ handle: OpaquePointer?) throws(TopologyError) -> GeosGeometry {
    guard let handle else { throw failure }
    return GeosGeometry(handle, of: self)
  }

  /// Passes on what a call returned, unless it is the value that stands for an exception.
  func check<Value: Equatable>(_ value: Value, unless exception: Value) throws(TopologyError) -> Value {
    guard value != exception else { throw failure }
    return value
  }

  /// The position that GEOS names in `… at 12.5 7.25 …`, in global coordinates.
  private func place(in message: String) -> Point? {
    let words = message.split { $0 == " " || $0 == "\n" }
    guard let at = words.lastIndex(of: "at"), at + 2 < words.count else { return nil }
    let y = words[at + 2].hasSuffix(".") ? words[at + 2].dropLast() : words[at + 2]
    guard let x = Double(words[at + 1]), let y = Double(y) else { return nil }
    return frame.global(Point(x: x, y: y))
  }
}

/// The one owner of a geometry handle; keeps its context alive.
struct GeosGeometry: ~Copyable {
  let handle: OpaquePointer
  let session: GeosSession

  init(_ handle: OpaquePointer, of session: GeosSession) {
    self.handle = handle
    self.session = session
  }

  deinit { GEOSGeom_destroy_r(session.context, handle) }
}
