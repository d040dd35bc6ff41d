public import PlanModel

/// What kind of personal data a column holds.
public enum PersonalKind: String, Sendable, Hashable, CaseIterable {
  case personName, identityNumber, contact, birth, origin, belief, health, legalStatus, socialStatus

  /// The kind in words, for messages.
  public func wording(_ language: Language) -> String {
    switch self {
    case .personName: language("names of persons", "人名")
    case .identityNumber: language("identity numbers", "证件号码")
    case .contact: language("phone numbers or other ways to reach a person", "电话等联系方式")
    case .birth: language("birth dates, ages or sexes", "出生日期、年龄或性别")
    case .origin: language("ethnic or national origin", "民族、籍贯或国籍")
    case .belief: language("religion or political affiliation", "宗教或政治面貌")
    case .health: language("health or disability", "健康或残疾状况")
    case .legalStatus: language("legal status or petition history", "法律身份或信访记录")
    case .socialStatus: language("social or economic status of persons", "人员的社会或经济状况")
    }
  }
}

/// A group of words that mark a column as personal.
struct PersonalTerm: Sendable {
  /// What to do with such a column in a layer of places, where the word may describe the place.
  enum OnPlaces: Sendable {
    case refuse, drop, ignore
    /// Refused where a value is a mobile number, otherwise dropped: the number of an office.
    case refuseMobile
  }

  /// What the values must look like for the word to count.
  enum Evidence: Sendable {
    case none
    /// Some value is text that is no number.
    case text
    /// At least half of the values look like names of persons.
    case personNames
    /// At least half of the values are names of peoples.
    case peoples
    /// Some value has the form of an identity or mobile number.
    case identity
  }

  let kind: PersonalKind
  let onPlaces: OnPlaces
  var evidence = Evidence.none
  /// Words for Chinese names; they may stand anywhere in the column's name.
  var han: [String] = []
  /// Chinese names that count only as the whole.
  var wholeHan: [String] = []
  /// Phrases of Latin letters, without separators; they must be whole words of the column's name.
  var latin: [String] = []
  /// Phrases that count only as the whole name of the column.
  var wholeLatin: [String] = []
}

enum PersonalTerms {
  static let all: [PersonalTerm] = [
    // Names of persons.
    PersonalTerm(
      kind: .personName, onPlaces: .refuse,
      han: [
        "姓名", "户主", "人名", "联系人", "联络人", "户名", "姓氏", "曾用名", "监护人", "当事人", "申请人", "经办人", "法人代表",
        "法定代表人", "权利人", "产权人", "居住人", "承租人", "租客", "业主", "房主", "房东", "亲属", "家属", "配偶",
        "与户主关系", "人员名单", "被访人", "报案人", "上报人", "举报人", "投诉人", "诉求人", "来电人", "被保险人",
      ],
      wholeHan: ["姓", "户主名"],
      latin: [
        "firstname", "lastname", "surname", "forename", "givenname", "familyname", "middlename",
        "maidenname", "birthname", "personname", "personalname", "residentname", "ownername",
        "tenantname", "occupantname", "householdername", "contactname", "contactperson", "headname",
        "householdhead", "headofhousehold", "hhhead", "hohname", "nextofkin", "spouse", "guardian",
        "applicantname", "applicant", "callername", "reportername", "patientname", "clientname",
        "complainant", "landlordname", "citizenname", "xingming", "huzhu", "huzhuxingming",
        "lianxiren", "lxrxm", "hzxm", "hzmc", "xmhz", "qlrmc", "qlrxm", "cyxm", "jhrxm",
      ],
      wholeLatin: ["lxr", "fname", "lname", "firstnm", "lastnm", "qlr", "yhzgx"]),
    PersonalTerm(
      kind: .personName, onPlaces: .ignore, latin: ["fullname", "nickname"]),
    PersonalTerm(
      kind: .personName, onPlaces: .refuse, evidence: .text, han: ["负责人", "责任人"],
      wholeHan: ["住户", "居民", "租户", "老人", "网格员", "网格长", "楼长", "楼栋长", "值班人", "巡查员", "民警", "社工"]),
    PersonalTerm(
      kind: .personName, onPlaces: .drop, evidence: .text,
      wholeLatin: ["owner", "owners", "contact", "resident", "tenant", "occupant", "householder", "landlord"]),
    PersonalTerm(
      kind: .personName, onPlaces: .refuse, evidence: .personNames,
      wholeLatin: ["xm", "xmzd", "hz", "mingzi"]),
    PersonalTerm(
      kind: .personName, onPlaces: .ignore, evidence: .personNames,
      wholeHan: ["名", "名字", "名称"], wholeLatin: ["name", "names", "label", "title", "person", "worker"]),

    // Numbers that identify.
    PersonalTerm(
      kind: .identityNumber, onPlaces: .refuse,
      han: [
        "身份证", "证件号", "证件类", "证件编", "公民身份", "身份号", "护照", "户口簿", "户口本", "驾驶证", "驾照", "社保号", "社会保障号",
        "社保卡", "医保号", "医保卡", "居住证", "港澳通行证", "军官证", "银行卡", "银行账", "车牌", "号牌号", "指纹", "人脸",
      ],
      wholeHan: ["证件", "身份", "人员编号"],
      latin: [
        "idcard", "idcardno", "idcardnumber", "identitycard", "identitynumber", "identityno",
        "identificationnumber", "nationalid", "citizenid", "citizennumber", "residentid", "personid",
        "personalid", "personalnumber", "passport", "passportno", "passportnumber", "ssn",
        "socialsecurity", "driverlicense", "driverslicense", "drivinglicense", "drivinglicence",
        "licenseplate", "licenceplate", "numberplate", "platenumber", "plateno", "bankaccount",
        "iban", "creditcard", "taxpayerid", "hukou", "sfz", "sfzh", "sfzhm", "sfzjh", "sfzjhm", "sfzbh",
        "gmsfhm", "gmsfzh", "gmsfzhm", "zjhm", "zjlx", "zjzl", "cphm", "shenfenzheng", "shenfenzhenghao",
        "shenfenzhenghaoma", "shenfenzhenghm", "huzhao", "zhengjianhao", "zhengjianhaoma", "chepai",
        "chepaihao", "faceid", "fingerprint",
      ],
      wholeLatin: ["zjh", "sfzhao"]),
    PersonalTerm(
      kind: .identityNumber, onPlaces: .refuse, evidence: .identity,
      han: ["身份", "证号"], wholeHan: ["证书号", "卡号", "个人编号"],
      latin: ["idnumber", "idno", "idnum", "idcode", "certno", "certificateno", "certnumber", "cardno", "cardnumber"]),

    // Ways to reach a person.
    PersonalTerm(
      kind: .contact, onPlaces: .refuse, han: ["手机", "移动电话", "微信", "联系方式", "联络方式", "qq号"],
      wholeHan: ["qq"],
      latin: [
        "mobilephone", "mobileno", "mobilenumber", "mobilenum", "cellphone", "cellphonenumber",
        "cellnumber", "msisdn", "wechat", "weixin", "whatsapp", "imsi", "imei", "shouji", "shoujihao",
        "shoujihaoma", "sjhm", "lxsj", "lxfs", "yddh", "homephone", "personalphone", "privatephone",
      ],
      wholeLatin: ["mobile", "mobiles", "sjh", "qq", "qqh", "qqhao"]),
    PersonalTerm(
      kind: .contact, onPlaces: .refuseMobile, han: ["电话", "邮箱", "电子邮件", "联系号码"],
      latin: [
        "phone", "phones", "phoneno", "phonenumber", "telephone", "telno", "telephonenumber", "tel",
        "telnumber", "email", "emailaddress", "contactno", "contactnumber", "dianhua", "lianxidianhua",
        "dianhuahaoma", "lxdh", "dhhm", "jtdh", "zzdh",
      ],
      wholeLatin: ["fax"]),

    // Birth, age, sex.
    PersonalTerm(
      kind: .birth, onPlaces: .refuse,
      han: ["出生日期", "出生年", "出生月", "出生地", "出生时间", "生日"],
      latin: [
        "birthday", "birthdate", "dateofbirth", "birthyear", "yearofbirth", "birthplace", "placeofbirth",
        "dob", "born", "csrq", "csny", "chushengriqi", "shengri",
      ],
      wholeLatin: ["birth"]),
    PersonalTerm(
      kind: .birth, onPlaces: .drop, han: ["性别", "年龄"], latin: ["gender", "sex", "xingbie"]),
    PersonalTerm(
      kind: .birth, onPlaces: .ignore, latin: ["nianling"], wholeLatin: ["age", "ages", "xb", "nl"]),

    // Origin.
    PersonalTerm(
      kind: .origin, onPlaces: .drop,
      han: [
        "民族", "种族", "族别", "族裔", "族群", "籍贯", "国籍", "祖籍", "原籍", "户籍地", "户籍地址", "户籍类", "户籍性质", "户口性质",
        "户口类", "户口所在", "外来人口", "流动人口", "外籍", "归侨", "侨眷", "华侨", "汉族", "回族", "藏族", "维吾尔", "满族", "来源地", "迁入地",
      ],
      wholeHan: ["户籍", "族"],
      latin: [
        "ethnicity", "ethnic", "ethnicgroup", "ethnicorigin", "race", "nationality", "nationalorigin",
        "countryoforigin", "citizenship", "nativeplace", "hometown", "caste", "tribe", "ancestry", "migrant",
        "migrants", "immigrant", "immigrants", "refugee", "refugees", "asylum", "hispanic", "minority",
        "minzu", "jiguan", "huji", "guoji", "hjdz", "hkxz", "hkszd",
      ],
      wholeLatin: ["origin"]),
    PersonalTerm(
      kind: .origin, onPlaces: .drop, evidence: .peoples, wholeLatin: ["mz", "nation", "people"]),

    // Belief.
    PersonalTerm(
      kind: .belief, onPlaces: .drop, han: ["宗教", "信仰", "信教", "教派", "教徒"],
      latin: ["religion", "religious", "religions", "denomination", "faith", "zongjiao", "zjxy", "xinyang"]),
    PersonalTerm(
      kind: .belief, onPlaces: .refuse, han: ["政治面貌", "党员", "党派", "邪教"],
      latin: [
        "politicalstatus", "politicalaffiliation", "politicalparty", "partymember", "partymembership",
        "zhengzhimianmao", "zzmm",
      ]),

    // Health.
    PersonalTerm(
      kind: .health, onPlaces: .drop,
      han: ["健康", "残疾", "残障", "伤残", "慢性病", "疾病", "病史", "病情", "血型", "疫苗", "核酸"],
      latin: [
        "health", "healthstatus", "disability", "disabilities", "disabled", "handicap", "handicapped",
        "illness", "disease", "diseases", "diagnosis", "medicalhistory", "medicalcondition", "bloodtype",
        "vaccinated", "vaccination", "jiankang", "jkzk", "canji", "cjr",
      ]),
    PersonalTerm(
      kind: .health, onPlaces: .refuse,
      han: ["精神障碍", "精神病", "精神疾", "艾滋", "孕妇", "孕产", "患者", "确诊", "失能", "智障", "瘫痪"],
      latin: ["mentalhealth", "mentalillness", "mentallyill", "psychiatric", "hiv", "pregnant", "pregnancy", "patient", "patients", "cjzh"]),

    // Legal status.
    PersonalTerm(
      kind: .legalStatus, onPlaces: .refuse,
      han: [
        "上访", "信访", "访民", "缠访", "前科", "犯罪", "违法记录", "服刑", "刑释", "刑满", "矫正", "吸毒", "戒毒", "涉毒", "涉恐", "涉稳",
        "维稳", "重点人", "重点人员", "重点对象", "重点管控", "关注人员", "案底", "在逃", "取保", "嫌疑", "帮教", "社戒", "涉黑", "失信",
      ],
      latin: [
        "petition", "petitions", "petitioner", "petitioners", "criminalrecord", "criminalhistory",
        "priorconviction", "conviction", "convictions", "felony", "offender", "offenders", "sexoffender",
        "parole", "parolee", "probation", "probationer", "prisoner", "exconvict", "convict", "arrestrecord",
        "druguser", "drugusers", "addict", "addicts", "suspect", "suspects", "blacklist", "blacklisted",
        "watchlist", "keyperson", "keypersons", "legalstatus", "immigrationstatus", "shangfang", "xinfang",
        "qianke", "xidu", "xingshi", "zdry",
      ]),

    // Social status.
    PersonalTerm(
      kind: .socialStatus, onPlaces: .refuse,
      han: [
        "低保", "特困", "五保", "贫困户", "贫困人", "困难户", "困难人员", "失独", "孤寡", "空巢", "独居", "留守", "孤儿", "优抚", "退役军人",
        "退伍", "婚姻", "婚否", "学历", "文化程度", "工作单位", "家庭收入", "个人收入", "人员类别", "人员类型", "人口类型", "特殊人群",
        "兵役", "失业人员", "下岗",
      ],
      latin: [
        "dibao", "lowincome", "welfarerecipient", "onwelfare", "maritalstatus", "marital", "married",
        "divorced", "educationlevel", "militaryservice", "veteran", "veterans", "personcategory",
        "persontype", "populationcategory", "hyzk", "whcd", "hunyin", "xueli", "gzdw", "rylb", "rylx",
      ]),
    PersonalTerm(
      kind: .socialStatus, onPlaces: .ignore, han: ["职业", "收入"],
      latin: [
        "income", "householdincome", "occupation", "profession", "employer", "salary", "wage", "education",
        "welfare", "poverty", "zhiye",
      ]),
  ]

  /// Names of places and counts that contain a word of the vocabulary; taken out before matching.
  static let harmlessHan = [
    "电话亭", "宗教场所", "宗教活动场所", "民族乡", "民族镇", "民族街", "民族村", "民族路", "健康中心", "健康步道", "健康小屋", "健康服务",
    "健康驿站", "健康主题", "残疾人设施", "残疾人联合会", "残疾人坡道", "残疾人通道", "残疾人停车", "业主委员会", "侨联", "华侨城", "家属院", "家属楼", "家属区",
    "信访局", "信访办", "信访接待", "党员活动", "党员服务", "党员之家", "手机信号", "手机基站", "身份标识", "车牌识别",
  ]

  /// Endings that make a count of a word of the kinds that name or reach one person.
  static let countHan = ["数", "数量", "人数", "户数", "总数", "个数", "总计", "占比", "率"]
  static let countLatin: Set<String> = ["count", "counts", "total", "qty", "share", "rate", "percent", "pct"]

  /// Words before which `disabled` and the like describe a place (OpenStreetMap).
  static let placePrefixes: Set<String> = [
    "capacity", "parking", "toilets", "wheelchair", "building", "amenity", "source", "ref", "disused",
    "abandoned", "healthcare", "emergency",
  ]
}
