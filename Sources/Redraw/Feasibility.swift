import Parallel

extension RedrawProblem {
  /// What cannot be met, or is met only by an exception, as far as weights and the graph alone show it:
  /// known before any search, in time linear in the map.
  /// - Throws: ``RedrawError`` where no plan can be made of the input.
  public func certificates() throws(RedrawError) -> [Certificate] {
    try check()
    return JobList(self, Contraction(self, homes: Homes(self).ofUnit), limits).certificates()
  }
}

extension JobList {
  /// Notes first, then parents and parts in order.
  func certificates() -> [Certificate] {
    let hopeless = wholes()
    let named = Set(hopeless.compactMap(\.parent))
    let isAllNamed = problem.parents == nil && !hopeless.isEmpty
    let open = jobs.indices.filter { index in
      !jobs[index].isOversize && !isAllNamed && (jobs[index].parent.map { !named.contains($0) } ?? true)
    }
    let context = Context(self)
    let found = parallelMap(count: open.count) { self.certificates(of: open[$0], context) }
    return notes + hopeless + found.flatMap { $0 }
  }

  /// Jobs that no plan can cut within the bounds, whatever the number of groups.
  func hopeless(_ certificates: [Certificate]) -> [Bool] {
    var isHopeless = [Bool](repeating: false, count: jobs.count)
    for certificate in certificates where certificate.isBlocking && certificate.kind == .pocket {
      for unit in certificate.units { isHopeless[job(of: contraction.atom[unit])] = true }
    }
    return isHopeless
  }

  /// What all jobs look up.
  private struct Context: Sendable {
    /// How many jobs each parent has.
    var parts: [Int?: Int] = [:]
    var isSeed: Set<Int32>

    init(_ list: JobList) {
      for job in list.jobs { parts[job.parent, default: 0] += 1 }
      isSeed = Set(list.problem.seeds.map { list.contraction.atom[$0] })
    }
  }

  private var wording: RedrawWording { problem.wording }
  private var range: String { "\(limits.min)–\(limits.max)" }

  private func units(_ nodes: [Int32]) -> [Int] { nodes.flatMap { contraction.members[Int($0)] }.sorted() }

  /// The first unit of an atom, and how many stay together with it.
  private func name(_ node: Int32) -> (String, String) {
    let members = contraction.members[Int(node)]
    let unit = problem.name(of: members[0])
    return members.count == 1
      ? ("unit \(unit)", "单元 \(unit)")
      : ("the units kept together with unit \(unit)", "与单元 \(unit) 保持在一起的各单元")
  }
}

// MARK: - Noticed while cutting

extension JobList {
  func oversize(_ node: Int32) -> Certificate {
    let (name, nameZh) = name(node)
    let (place, placeZh) = problem.place(parent(of: node))
    let weight = piece.weights[Int(node)]
    let units = contraction.members[Int(node)]
    let verb = units.count == 1 ? "has" : "have"
    return Certificate(
      kind: .oversizeUnit, isBlocking: problem.oversize == .refuse, parent: parent(of: node), units: units,
      english: "\(name)\(place) \(verb) \(wording.amount(weight)), above the maximum of \(limits.max): a \(wording.group) of its own",
      chinese: "\(nameZh)\(placeZh)有\(wording.amountChinese(weight))，超过上限 \(limits.max)：单独成为一个\(wording.groupChinese)")
  }

  /// What an oversized atom cuts off and takes in.
  func joining(_ pocket: [Int32], _ node: Int32) -> Certificate {
    let total = weight(pocket)
    let (name, nameZh) = name(node)
    let (place, placeZh) = problem.place(parent(of: node))
    return Certificate(
      kind: .pocket, isBlocking: total > 0, parent: parent(of: node), units: units(pocket),
      english: "\(wording.counted(pocket.count, "unit"))\(place) with \(wording.amount(total)), below the minimum of \(limits.min), \(pocket.count == 1 ? "is" : "are") cut off by \(name), which is above the maximum: joined with it",
      chinese: "\(pocket.count) 个单元\(placeZh)共\(wording.amountChinese(total))，低于下限 \(limits.min)，被超过上限的\(nameZh)隔断：并入其中")
  }

  func otherCount(_ asked: Int, _ got: Int) -> Certificate {
    Certificate(
      kind: .groupCount, isBlocking: true, parent: nil, units: [],
      english: "\(wording.groups(asked)) were asked for, but parents, parts that touch no other and oversized units allow \(got)",
      chinese: "要求 \(wording.groupsChinese(asked))，但受上级区划、互不相连的部分和超限单元限制，只能是 \(got) 个")
  }
}

// MARK: - Weights alone

extension JobList {
  /// Parents, or the whole map, whose weight no number of groups fits. Those with oversized atoms are
  /// judged part by part.
  private func wholes() -> [Certificate] {
    var weights: [(parent: Int?, weight: Int, nodes: [Int32], hasOversize: Bool)] = []
    var place: [Int?: Int] = [:]
    for job in jobs {
      let index = place[job.parent] ?? weights.count
      if index == weights.count {
        place[job.parent] = index
        weights.append((job.parent, 0, [], false))
      }
      weights[index].weight += job.weight
      weights[index].nodes += job.nodes
      if job.isOversize { weights[index].hasOversize = true }
    }
    return weights.compactMap { whole in
      guard !whole.hasOversize, limits.groupCounts(for: whole.weight) == nil else { return nil }
      return noCount(.noGroupCount, whole.weight, whole.nodes, whole.parent, subject(whole.parent))
    }
  }

  private func subject(_ parent: Int?) -> (String, String) {
    guard let parent else { return ("the whole", "全部单元") }
    return problem.parentNames?[parent].map { ($0, $0) } ?? ("parent \(parent)", "上级区划 \(parent)")
  }

  private func noCount(
    _ kind: Certificate.Kind, _ total: Int, _ nodes: [Int32], _ parent: Int?, _ subject: (String, String)
  ) -> Certificate {
    let most = limits.min > 0 ? total / limits.min : 0
    let why = most > 0 ? "too much for \(most), too little for \(most + 1)" : "too little for 1"
    let whyZh = most > 0 ? "\(most) 个容纳不下，\(most + 1) 个又不足" : "不足 1 个"
    return Certificate(
      kind: kind, isBlocking: true, parent: parent, units: units(nodes),
      english: "\(subject.0): no number of \(wording.group)s of \(range) fits \(wording.amount(total)) (\(why))",
      chinese: "\(subject.1)：\(wording.amountChinese(total))不能分成任何数目的 \(range) 的\(wording.groupChinese)（\(whyZh)）")
  }

  private func certificates(of index: Int, _ context: Context) -> [Certificate] {
    let job = jobs[index]
    let isPart = context.parts[job.parent] != 1
    var found = weightCertificate(of: job, isPart: isPart).map { [$0] } ?? []
    if let seeds = seedCertificate(of: job, isPart: isPart, context.isSeed) { found.append(seeds) }
    if found.isEmpty, limits.leastMiss(of: job.weight, in: job.groups) == 0 {
      found += Pockets(piece(of: index), limits).found.map { certificate($0, job) }
    }
    return found
  }

  private func weightCertificate(of job: Job, isPart: Bool) -> Certificate? {
    if job.nodes.count == 1, isPart { return island(job) }
    let subject = subject(job, isPart: isPart)
    if limits.groupCounts(for: job.weight) == nil {
      let kind: Certificate.Kind = job.weight < limits.min ? .belowMinimum : .noGroupCount
      return noCount(kind, job.weight, job.nodes, job.parent, subject)
    }
    guard limits.leastMiss(of: job.weight, in: job.groups) > 0 else { return nil }
    return Certificate(
      kind: .groupCount, isBlocking: true, parent: job.parent, units: units(job.nodes),
      english: "\(subject.0): \(wording.amount(job.weight)) cannot be cut into \(wording.groups(job.groups)) of \(range)",
      chinese: "\(subject.1)：\(wording.amountChinese(job.weight))不能分成 \(wording.groupsChinese(job.groups)) \(range) 的\(wording.groupChinese)")
  }

  private func subject(_ job: Job, isPart: Bool) -> (String, String) {
    guard isPart else { return subject(job.parent) }
    let (place, placeZh) = problem.place(job.parent)
    return (
      "a part of \(wording.counted(job.nodes.count, "unit"))\(place) that hangs together with nothing else",
      "由 \(job.nodes.count) 个单元组成、与其他部分不相连的部分\(placeZh)"
    )
  }

  private func island(_ job: Job) -> Certificate {
    let (name, nameZh) = name(job.nodes[0])
    let (place, placeZh) = problem.place(job.parent)
    return Certificate(
      kind: .island, isBlocking: limits.miss(job.weight) > 0, parent: job.parent, units: units(job.nodes),
      english: "\(name)\(place) with \(wording.amount(job.weight)) has no neighbour: a \(wording.group) of its own",
      chinese: "\(nameZh)\(placeZh)有\(wording.amountChinese(job.weight))，没有相邻单元：单独成为一个\(wording.groupChinese)")
  }

  private func seedCertificate(of job: Job, isPart: Bool, _ isSeed: Set<Int32>) -> Certificate? {
    guard !isSeed.isEmpty else { return nil }
    let seeds = job.nodes.filter { isSeed.contains($0) }.count
    guard seeds > job.groups else { return nil }
    let subject = subject(job, isPart: isPart)
    return Certificate(
      kind: .fixed, isBlocking: true, parent: job.parent, units: units(job.nodes),
      english: "\(subject.0): \(seeds) seeds lie in what is cut into \(wording.groups(job.groups))",
      chinese: "\(subject.1)：含 \(seeds) 个种子单元，但只分为 \(wording.groupsChinese(job.groups))")
  }
}

// MARK: - After the search

extension JobList {
  /// A job of which every division was gone through.
  func exhausted(_ index: Int) -> Certificate {
    let job = jobs[index]
    let subject = subject(job, isPart: jobs.count { $0.parent == job.parent } > 1)
    let (parts, partsZh) = (wording.counted(job.nodes.count, "part"), "\(job.nodes.count) 个部分")
    return Certificate(
      kind: .noDivision, isBlocking: true, parent: job.parent, units: units(job.nodes),
      english: "\(subject.0): its \(parts) that stay whole make no connected \(wording.group)s of \(range), whichever way they are put together (all were tried)",
      chinese: "\(subject.1)：其 \(partsZh)不可再分，无论怎样组合都不能得到连通且为 \(range) 的\(wording.groupChinese)（已穷举）")
  }
}

// MARK: - Pockets

extension JobList {
  private func certificate(_ pocket: Pockets.Pocket, _ job: Job) -> Certificate {
    let (name, nameZh) = name(job.nodes[pocket.node])
    let (place, placeZh) = problem.place(job.parent)
    let (english, chinese) =
      switch pocket.reason {
      case .hanging:
        (
          "\(name)\(place) and what hangs on it alone must share a \(wording.group) of at least \(wording.amount(pocket.weight)), above the maximum of \(limits.max)",
          "\(nameZh)\(placeZh)与只经它相连的部分必须同属一个\(wording.groupChinese)，至少\(wording.amountChinese(pocket.weight))，超过上限 \(limits.max)"
        )
      case .hemmedIn:
        (
          "\(name)\(place) reaches no more than \(wording.amount(pocket.weight)) before every way on exceeds the maximum of \(limits.max): below the minimum of \(limits.min)",
          "\(nameZh)\(placeZh)在不超过上限 \(limits.max) 的范围内最多只能连到\(wording.amountChinese(pocket.weight))，低于下限 \(limits.min)"
        )
      }
    return Certificate(
      kind: .pocket, isBlocking: true, parent: job.parent, units: units(pocket.nodes.map { job.nodes[Int($0)] }),
      english: english, chinese: chinese)
  }
}
