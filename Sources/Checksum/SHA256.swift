public import Foundation

#if canImport(CryptoKit)
  internal import CryptoKit
#else
  internal import CCrypto
#endif

/// The SHA-256 of a file's bytes as 64 hexadecimal digits; nil where it cannot be read.
///
/// Through CryptoKit on Apple's systems, OpenSSL's libcrypto elsewhere. Reads 1 MiB at a time.
public func sha256(ofFile path: String) -> String? {
  guard let file = FileHandle(forReadingAtPath: path) else { return nil }
  defer { try? file.close() }
  #if canImport(CryptoKit)
    var hash = StreamingHash()
  #else
    let hash = StreamingHash()
  #endif
  while let block = try? file.read(upToCount: 1 << 20), !block.isEmpty { hash.update(block) }
  return hash.finish().map { byte in
    let text = String(byte, radix: 16)
    return byte < 16 ? "0" + text : text
  }.joined()
}

/// The SHA-256 of `bytes`: 32 bytes.
public func sha256(of bytes: Data) -> [UInt8] {
  #if canImport(CryptoKit)
    var hash = StreamingHash()
  #else
    let hash = StreamingHash()
  #endif
  hash.update(bytes)
  return hash.finish()
}

#if canImport(CryptoKit)
  private struct StreamingHash {
    private var hash = SHA256()
    mutating func update(_ data: Data) { hash.update(data: data) }
    func finish() -> [UInt8] { Array(hash.finalize()) }
  }
#else
  /// Owns an OpenSSL digest context.
  private final class StreamingHash {
    private let context = EVP_MD_CTX_new()

    init() { EVP_DigestInit_ex(context, EVP_sha256(), nil) }

    deinit { EVP_MD_CTX_free(context) }

    func update(_ data: Data) {
      _ = data.withUnsafeBytes { EVP_DigestUpdate(context, $0.baseAddress, $0.count) }
    }

    func finish() -> [UInt8] {
      var digest = [UInt8](repeating: 0, count: 32)
      EVP_DigestFinal_ex(context, &digest, nil)
      return digest
    }
  }
#endif
