"""Word lists that tell names of persons from titles, headings and trade words at the head of a résumé.

Enters: nothing; constants only. The lists lean to the side of not cutting: a title that is cut harms every match of the
document, so every common trade word is listed, while a name that stands alone with an unlisted surname stays rare.
"""

from __future__ import annotations

from typing import Final

# The ~180 most frequent surnames cover some 95 % of people in China.
SURNAMES: Final = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高梁郑谢宋唐许韩邓冯曹彭曾肖萧田董潘袁蔡蒋余于杜叶程魏苏吕丁沈"
    "任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱"
    "方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺毛郝顾龚邵万覃武钱严莫孔向常汤康易乔赖文施洪辛柯庄温牛樊葛邢安齐"
    "伍庞颜倪聂章鲁岳翟申欧耿关焦柳甘祝宁尚符舒阮纪梅童凌毕单季裴霍涂成苗谷曲盛冉翁蓝路游靳管柴蒙鲍华喻祁"
    "蒲房滕屈饶解牟艾尤时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边"
    "卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀胥郁南班储芮"
)
_COMPOUND_SURNAMES_TEXT: Final = (
    "欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 司徒 夏侯 长孙 宇文 轩辕 端木 独孤 南宫 申屠 淳于 单于"
    " 太史 公羊 澹台"
)
COMPOUND_SURNAMES: Final = frozenset(_COMPOUND_SURNAMES_TEXT.split())
# Only characters that seldom end a given name: 生, 业, 星, 城, 书 end many (王春生), so the words with them are listed below.
_TITLE_ENDINGS_ZH_TEXT: Final = (
    "师 员 工 长 理 管 手 岗 职 历 介 绍 息 识 能 验 目 况 价 点 类 部 组 务 术 件 试 计 训 具 助 专 监 网 市 省 县 区"
)
TITLE_ENDINGS_ZH: Final = tuple(_TITLE_ENDINGS_ZH_TEXT.split())
# Words of two or three characters that begin with a surname character and can stand alone on a first line.
_NOT_NAMES_ZH_TEXT: Final = (
    "毕业生 应届生 应聘书 任职书 施工图 高材生 成绩单 计划书 方案书 工程 高级 高工 高中 高职 高校 高分子 金融 金工 金属 金蝶"
    " 安全 安防 安装 安卓 应用 应届 应聘 方案 方向 文员 文案"
    " 文秘 文书 文化 文档 常用 成本 成果 时间 全栈 全职 全部 "
    "管道 管培 管廊 管理 商务 商业 商科 商贸 明细 明确 游戏 路由 路桥 连锁 连续 石油 石化 白酒 江苏 江西 于都"
    " 任务 任职 计划 司机 司法 农业 农机 农学 农艺 车工 车间 车身 车载 车联网 "
    "华为 华东 华南 华北 华中 项目 云南 云计算 水务 水质 古建 马术 牛津 温控 温州 单片机 单位 单招 和谐 房产"
    " 房建 房地产 沙盘 荣誉 景区 景观 查询 官网 封装 全国 全日制 南京 南通 南方 费用 "
    "毕业 毕设 关于 关键 解决 解剖 简介 简历 简述 向导 钱币 何时 个人 姓名 平面 电工 万能 万维 万向 万达 武汉"
    " 武术 石材 龙门 金山 尚未 尚可 甘肃 宁夏 宁波 广东 贺卡 史料 "
    "严格 严谨 顾问 汤剂 康复 康养 康护 易学 乔木 施工 章程 焦化 柳州 符号 纪检 纪律 梅州 童装 童书 盛装"
    " 谷物 曲线 曲轴 苗木 苗圃 季度 蓝牙 蓝领 游客 柴油 蒙古 鲍鱼 蒲公英 "
    "麦当劳 党务 党建 党员 党政 党校 冷链 冷库 冷冻 席位 卫生 卫浴 米兰 柏林 宗教 桂林 应急 边缘 师范 师傅 师资"
    " 和声 桑拿 仲裁 明星 查账 麻醉 官方 封闭 谈判 惠普 南昌 班组 班长 班主任 储能 储备 储运 "
    "余热 于是 杜邦 叶片 程序 程控 魏晋 苏州 丁类 沈阳 任意 任教 范围 金牌 白班 白领 江门 雷达 雷管 毛坯 毛利"
    " 万元 武器 孔位 向上 常州 常识 常务 文本 文字 文学 文旅 文创 洪水 辛苦 庄园 温度 温室 "
    "安徽 安庆 安全员 安全环保 申请 申报 关务 成型 成功 成绩 成都 全科 全媒体 时尚 简单 简约 项链 连接 房屋"
    " 解析 解说 农村 农产品 卓越 古代 古典 古琴 吉林 车床 车辆 车险 车站 景点 卫星 米线 应试 应付 "
    "会计 财务 出纳 护理 护士 销售 客服 前端 后端 测试 运维 设计 教师 电商 物流 仓储 采购 机械 电气 自动化 软件"
    " 硬件 网络 数据 人工智能"
)
NOT_NAMES_ZH: Final = frozenset(_NOT_NAMES_ZH_TEXT.split())
_NOT_NAMES_EN_TEXT: Final = (
    # headings
    "resume résumé cv curriculum vitae profile summary objective about contact details personal information"
    " education experience employment work skills projects certificates certifications "
    "qualifications references languages interests achievements highlights statement career professional core"
    " key technical overview background history training courses page candidate applicant "
    # ranks and trades
    "senior junior lead principal chief head staff assistant associate deputy vice acting graduate trainee"
    " apprentice intern internship entry level mid executive officer director manager supervisor coordinator "
    "administrator specialist consultant advisor adviser analyst architect engineer developer programmer"
    " designer technician technologist scientist researcher operator mechanic electrician machinist fitter"
    " welder "
    "inspector tester planner buyer clerk accountant auditor cashier bookkeeper controller nurse carer"
    " caregiver worker practitioner therapist pharmacist doctor physician dentist midwife teacher tutor"
    " lecturer instructor trainer "
    "guide agent representative associate broker driver dispatcher warehouse picker chef cook waiter"
    " receptionist concierge housekeeper host guard cleaner assembler installer maintainer repairer modeler"
    " modeller editor writer "
    "translator interpreter journalist photographer animator artist producer marketer salesperson seller"
    " secretary owner founder partner volunteer student professional expert master bachelor diploma freelancer"
    " contractor labourer "
    "counsellor counselor mentor annotator annotation prompt mediator educator facilitator strategist"
    " evangelist steward attendant paramedic hygienist assessor surveyor estimator draftsman drafter foreman "
    # fields
    "software hardware firmware embedded data database information network networks networking security cyber"
    " cybersecurity cloud system systems web frontend backend front back full stack fullstack end mobile"
    " android ios java python "
    "javascript typescript react angular vue node php ruby golang rust kotlin swift linux windows oracle sap"
    " sql devops mlops qa quality assurance test testing automation automated control controls robot robotics"
    " machine learning deep "
    "artificial intelligence ai ml nlp computer vision science computing it ict iot internet things digital"
    " twin big analytics analysis business intelligence bi product project programme program process production"
    " manufacturing "
    "industrial mechanical mechatronics electrical electronic electronics electric vehicle vehicles ev"
    " automotive battery motor power energy solar wind renewable water wastewater smart environmental"
    " environment treatment laboratory lab chemical "
    "chemistry biology biomedical medical health healthcare care elderly aged clinical nursing rehabilitation"
    " pharmacy hospital community social youth family child children public relations human resources hr"
    " finance financial accounting "
    "tax payroll audit investment banking bank insurance risk compliance legal law logistics supply chain"
    " transport transportation freight shipping customs warehouse inventory procurement purchasing retail store"
    " sales marketing e-commerce "
    "ecommerce commerce online content media advertising brand seo customer service services support client"
    " account accounts success operations operation maintenance repair facility facilities plant site field"
    " construction civil structural "
    "building architecture interior landscape urban planning survey gis remote sensing hotel hospitality"
    " tourism travel tour event events catering food beverage kitchen restaurant bakery fashion textile design"
    " graphic graphics ui ux user "
    "interface visual game games animation film video audio music sound art arts language english chinese"
    " mandarin japanese german french spanish translation education teaching school college university research"
    " development r&d innovation "
    "strategy management administration administrative office general technical technology technologies cnc plc"
    " scada cad cam bim pcb fpga asic vlsi ic chip chips semiconductor wafer rf analog digital signal optical"
    " laser photonics "
    "signal circuit layout verification aerospace aviation aircraft marine rail railway mining oil gas"
    " petroleum nuclear material materials metal steel plastic mold mould tool tooling welding assembly"
    " packaging printing agriculture "
    "agricultural farm forestry animal veterinary safety hse ehs fire emergency crisis international global"
    " regional national local area district team group department division company limited ltd inc co"
    " corporation "
    "new york los angeles san francisco hong kong united kingdom states china beijing shanghai shenzhen"
    " guangzhou london singapore the of and for in with to at a an my"
)
NOT_NAMES_EN: Final = frozenset(_NOT_NAMES_EN_TEXT.split())
