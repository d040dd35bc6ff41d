/// Why text could not be parsed, and at which byte.
struct ParseFailure: Error {
  var offset: Int
  var message: String
  var remedy: String?
}
