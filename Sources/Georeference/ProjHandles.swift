internal import CPROJ

/// A PROJ context and what was made in it: one owner, one thread at a time.
final class ProjContext {
  let pointer: OpaquePointer

  init() {
    pointer = proj_context_create()
    proj_log_level(pointer, PJ_LOG_NONE)
    proj_context_set_enable_network(pointer, 0)
  }

  deinit { proj_context_destroy(pointer) }

  /// The message of the last error in this context.
  var lastError: String {
    let number = proj_context_errno(pointer)
    return proj_context_errno_string(pointer, number).map { String(cString: $0) } ?? "error \(number)"
  }

  /// The object that `definition` names, if PROJ knows it.
  func object(_ definition: String) -> ProjObject? {
    proj_create(pointer, definition).map { ProjObject($0, in: self) }
  }
}

/// A PJ and the context that it lives in.
final class ProjObject {
  let pointer: OpaquePointer
  let context: ProjContext

  init(_ pointer: OpaquePointer, in context: ProjContext) {
    self.pointer = pointer
    self.context = context
  }

  deinit { proj_destroy(pointer) }

  var type: PJ_TYPE { proj_get_type(pointer) }

  var name: String? { proj_get_name(pointer).map { String(cString: $0) } }

  /// `EPSG:4490` and the like; nil for an object without a code.
  var code: String? {
    guard let authority = proj_get_id_auth_name(pointer, 0), let code = proj_get_id_code(pointer, 0)
    else { return nil }
    return "\(String(cString: authority)):\(String(cString: code))"
  }

  /// The geographic system below a projected or compound one.
  var geodeticBase: ProjObject? {
    proj_crs_get_geodetic_crs(context.pointer, pointer).map { ProjObject($0, in: context) }
  }

  /// The projected or geographic system of a bound or compound one.
  var unwrapped: ProjObject {
    if type == PJ_TYPE_BOUND_CRS, let source = proj_get_source_crs(context.pointer, pointer) {
      return ProjObject(source, in: context).unwrapped
    }
    if type == PJ_TYPE_COMPOUND_CRS, let part = proj_crs_get_sub_crs(context.pointer, pointer, 0) {
      return ProjObject(part, in: context).unwrapped
    }
    return self
  }
}
