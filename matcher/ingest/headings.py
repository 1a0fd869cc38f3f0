"""The headings that real documents carry, by kind of document: phrase → what the part below is about.

Enters: nothing; constants only. Phrases are in the form that fold.py gives (lower case, ASCII punctuation). A phrase in
the weak set is also an ordinary word: it counts as a heading only where it stands alone on its line or in 【】.
"""

from __future__ import annotations

from typing import Final

from matcher.domain.document import Kind, SectionKind

_S = SectionKind

_POSTING: Final = {
    _S.DUTIES: "岗位职责 工作职责 职位职责 职责描述 岗位描述 职位描述 工作描述 工作内容 岗位内容 主要职责 主要工作"
    " 主要工作内容 岗位工作内容 工作任务 你将负责 您将负责 你的职责 你要做什么 职责 岗位职能 工作范围 职责范围"
    "|responsibilities|key responsibilities|main responsibilities|your responsibilities|duties|main duties"
    "|duties and responsibilities|job description|job duties|role description|the role|about the role|your role"
    "|what you will do|what you'll do|what you'll be doing|day to day|your tasks|position summary|job summary"
    "|role overview|the job|main tasks|tasks|daily work|what the work looks like|purpose|you will|you'll|key"
    " tasks|what you do",
    _S.REQUIREMENTS: "任职要求 任职资格 任职条件 岗位要求 职位要求 应聘要求 招聘要求 招聘条件 应聘条件 工作要求 技能要求"
    " 能力要求 基本要求 基本条件 任职基本要求 必备条件 必备技能 必须具备 硬性要求 资格要求 专业要求"
    " 专业知识与能力 业务知识要求 知识要求 学历要求 我们希望你 我们期待你 我们需要你 希望你 你需要具备"
    " 您需要具备 岗位需求 职位需求 人员要求 素质要求 岗位资格 岗位条件 职位条件 任职需求 要求 能力素质"
    " 职位必备项 应聘资格 经验要求 技术要求 任职资质 岗位任职要求 具体要求 条件要求 资质要求"
    "|requirements|job requirements|key requirements|essential requirements|essential criteria|essential skills"
    "|essential|minimum requirements|minimum qualifications|basic qualifications|required qualifications"
    "|required skills|qualifications|skills and experience|skills & experience|what you need|what you'll need"
    "|what we need|what we're looking for|what we are looking for|who you are|about you|your profile|you have"
    "|must have|must haves|must-have|must-haves|you must have|required|who we are looking for|person"
    " specification|candidate profile|experience required|what you bring|what you'll bring|we expect|we are"
    " looking for|we ask for|what we require|what we ask for|what we look for|what we want|we want|we require"
    "|requirements and qualifications",
    _S.PREFERRED: "加分项 加分条件 加分 优先条件 优先考虑 优先录用 有以下条件者优先 以下条件优先 符合以下条件者优先"
    " 具备以下条件者优先 满足以下条件优先 优先项 优先 优选条件 期望条件 其他加分项 额外加分"
    "|nice to have|nice to haves|nice-to-have|preferred|preferred qualifications|preferred skills|preferred"
    " experience|desirable|desirable criteria|desirable skills|bonus|bonus points|a plus|pluses|good to have"
    "|desired|desired skills|it would be great if|ideally|also welcome|advantageous|merits|big plus|we'd like"
    "|pluses|would be nice|a bonus",
    _S.BENEFITS: "福利待遇 薪酬福利 薪资福利 薪资待遇 公司福利 员工福利 岗位待遇 职位福利 工资待遇 待遇 福利 薪酬待遇 薪资"
    " 薪资范围 薪资结构 薪酬 月薪 年薪 工资 我们提供 我们能给您的 我们的福利 你将获得 您将获得 职位亮点"
    " 职位诱惑 公司提供 岗位福利 工作待遇 薪酬水平 待遇福利 福利保障"
    "|what we offer|we offer|benefits|our benefits|perks|perks and benefits|compensation|compensation and"
    " benefits|salary|pay|pay and benefits|why join us|why us|our offer|package|salary and benefits|in return",
    _S.COMPANY: "公司介绍 公司简介 企业介绍 企业简介 关于我们 单位简介 单位介绍 团队介绍 公司概况 部门介绍 项目介绍"
    " 公司背景 关于公司 团队简介"
    "|about us|about the company|company|company profile|company description|the company|who we are|our company"
    "|about the team|the team|our team|company overview",
    _S.OTHER: "工作地点 工作地址 上班地点 上班地址 办公地点 公司地址 公司地点 联系方式 联系人 联系电话 招聘邮箱 简历投递"
    " 应聘方式 工作时间 上班时间 招聘人数 截止日期 备注 投递方式 招聘流程 面试流程 职位名称 岗位名称 招聘岗位"
    " 所属部门 汇报对象 工作城市 学历 经验 发展方向 晋升空间 职业发展 注意事项 温馨提示"
    "|location|contact|how to apply|to apply|application|application process|working hours|hours|closing date"
    "|contract|equal opportunities|equal opportunity|reports to|department|job title|position|job type",
}
_CANDIDATE: Final = {
    _S.SUMMARY: "自我评价 自我介绍 个人简介 个人总结 个人评价 个人概述 个人优势 个人概况 自我描述 自我鉴定 自我总结 关于我"
    " 职业概述 职业总结 核心优势 个人亮点 求职意向 求职目标 期望职位 意向岗位 应聘职位 应聘岗位 职业目标 优势"
    " 简介 求职方向 期望岗位"
    "|summary|profile|professional summary|career summary|about me|objective|career objective|personal"
    " statement|personal profile|career profile|self-assessment|self assessment|executive summary|overview"
    "|strengths|about|target role|looking for|career change|goal|career goal|self-evaluation|self evaluation",
    _S.EDUCATION: "教育背景 教育经历 学习经历 教育 学历 教育情况 学历背景 教育经验 学历教育 主修课程 相关课程 主要课程"
    " 培训经历 培训经验 教育及培训 教育与培训 进修培训 培训 在校经历"
    "|education|education and training|academic background|academic qualifications|educational background"
    "|training|courses|coursework|relevant coursework|relevant courses|further training|professional"
    " development|continuing education",
    _S.EXPERIENCE: "工作经历 工作经验 职业经历 从业经历 实习经历 实习经验 实践经历 社会实践 工作履历 任职经历 工作背景"
    " 实习实践 实习 志愿经历 校园经历 工作 工作情况 主要工作经历 实训经历 经历 实习与工作 工作与实习 实习与实践"
    " 工作及实习经历 实践经验 顶岗实习"
    "|experience|work experience|professional experience|employment|employment history|work history|career"
    " history|internship|internships|internship experience|relevant experience|volunteering|volunteer"
    " experience|volunteer work|practical experience|placements|placement|work|earlier experience|recent work"
    "|previous experience|military service|career",
    _S.PROJECTS: "项目经验 项目经历 项目 主要项目 代表项目 参与项目 毕业设计 课程设计 作品 科研经历 研究经历 竞赛经历"
    " 科研项目 项目实践 个人项目 毕业项目 个人作品"
    "|projects|project experience|selected projects|key projects|personal projects|portfolio|research|research"
    " experience|publications|project|project work|competitions|side projects|academic projects|graduation"
    " project",
    _S.SKILLS: "专业技能 技能 技能特长 专业特长 技术栈 技能清单 职业技能 掌握技能 个人技能 技能证书 技能与证书 IT技能"
    " 计算机技能 语言能力 语言技能 专业能力 核心技能 技术能力 工具 专长 能力 技能专长 专业知识 技术技能"
    " 软件技能 语言 外语 外语水平 软技能 其他技能"
    "|skills|technical skills|key skills|core skills|professional skills|skill set|skills summary|core"
    " competencies|competencies|competences|expertise|technologies|tools|tools and technologies|languages"
    "|language skills|computer skills|it skills|soft skills|technical expertise|areas of expertise|skills and"
    " tools|skills & tools|hard skills|other skills|digital skills",
    _S.CERTIFICATES: "证书 资格证书 职业证书 职业资格 荣誉证书 获奖证书 所获证书 证书情况 资质证书 职业资格证书 荣誉奖项"
    " 获奖情况 荣誉 获奖经历 所获荣誉 奖项 执业资格 证书与荣誉 证书与奖项 证书及荣誉 荣誉与证书"
    "|certificates|certifications|certification|licences|licenses|licenses and certifications|licences and"
    " certificates|certificates and licences|certifications and licenses|awards|honors|honours|honors and"
    " awards|awards and honours|professional qualifications|qualifications|achievements|professional"
    " certifications|credentials|certificates and training|training and certificates",
    _S.OTHER: "基本信息 个人信息 个人资料 基本资料 联系方式 兴趣爱好 爱好 基本 性格 其他 其他信息 附加信息 期望薪资 参考人 推荐人"
    "|personal information|personal details|contact|contact information|contact details|interests|hobbies"
    "|hobbies and interests|references|other|additional information|personal data|availability",
}
_COURSE: Final = {
    _S.SUMMARY: "课程简介 课程介绍 课程概述 课程说明 课程描述 课程定位 课程性质 课程性质与任务 课程性质与定位 课程概况"
    " 课程基本信息 基本信息 内容简介 课程信息 课程背景 课程特色 课程性质与作用"
    "|course description|course overview|description|descriptions|overview|about this course|about the course"
    "|introduction|course introduction|summary|course summary|module description|module overview|course"
    " information|catalog description|aims and scope|course details",
    _S.OBJECTIVES: "课程目标 教学目标 学习目标 培养目标 学习成果 预期学习成果 知识目标 能力目标 素质目标 技能目标 课程教学目标"
    " 课程任务 能力要求 预期成果 学习收获 你将学到 课程思政目标 教学目的 目标 课程总目标 具体目标 思政目标"
    " 总体目标 职业素养"
    "|learning outcomes|learning objectives|course objectives|objectives|outcomes|course outcomes|intended"
    " learning outcomes|course goals|goals|aims|course aims|aims and objectives|what you will learn|what you'll"
    " learn|you will learn|skills you will gain|skills you'll gain|by the end of this course|module aims"
    "|competencies|learning goals|aim|by the end you will|students completing the course can|students will"
    "|expected outcomes|after this course",
    _S.CONTENT: "教学内容 课程内容 主要内容 教学大纲 课程大纲 内容安排 教学安排 教学内容与要求 教学内容与学时分配"
    " 教学内容及学时分配 学时分配 课程模块 教学模块 教学单元 章节内容 主要教学内容 教学计划 授课内容 实训内容"
    " 实践内容 实验内容 实训项目 教学项目 实践教学 理论教学 实践环节 课程结构 课程设计 项目内容 教学进度"
    " 课程内容与学时 实验项目 内容与学时 教学内容与安排 模块安排 模块内容 课程内容安排 学习内容 内容 课程安排 内容一览"
    " 章节 单元内容 模块 单元 项目安排 学习情境 章节安排"
    "|course content|contents|content|syllabus|topics|topics covered|course topics|outline|course outline"
    "|modules|module content|curriculum|schedule|course schedule|weekly schedule|units|course structure|lab"
    " work|labs|practical work|practicals|indicative content|course modules|laboratory|teaching content|course"
    " syllabus|programme|unit content|lecture topics|structure|teaching plan|practical sessions|weekly plan"
    "|projects|workshops",
    _S.PREREQUISITES: "先修课程 先修要求 前置课程 前导课程 先导课程 预修课程 先修 前置知识 预备知识 先修知识 前置要求 入学要求"
    " 适用对象 授课对象 学习基础 前续课程 前修课程 课程衔接 先修条件 教学对象 面向对象"
    "|prerequisites|prerequisite|pre-requisites|pre-requisite|prerequisite courses|prerequisite(s)|required"
    " background|recommended background|recommended preparation|prior knowledge|entry requirements|requirements"
    "|before you start|assumed knowledge|prerequisites and corequisites|background|admission|required knowledge"
    "|who should attend|audience|target audience|who it is for|target group|what you should know beforehand",
    _S.ASSESSMENT: "考核方式 考核 考核评价 考核办法 考核要求 成绩评定 评价方式 课程考核 学习评价 教学评价 考试方式 考核与评价"
    " 成绩构成 考核标准 考核方案 考核评价方式 课程评价 考核方式与成绩评定 考核方法 成绩评定方式 考核形式"
    " 评价方法 评分方式"
    "|assessment|assessments|grading|evaluation|exams|examination|course assessment|assessment methods|grading"
    " policy|method of assessment|course evaluation|how you will be assessed|examinations|assessment and"
    " grading|grade|marking|final assessment",
    _S.CERTIFICATES: "对应证书 职业证书 证书衔接 课证融通 岗课赛证 相关证书 对接证书 职业技能等级证书|certificate|certification"
    "|certifications|related certificates|certificates",
    _S.OTHER: "教材 参考书 教材与参考书 参考教材 推荐教材 参考资料 课程资源 教学资源 教学方法 授课方式 教学方式 教学条件"
    " 师资 授课教师 任课教师 主讲教师 后续课程 资源汇总 学时 学分 总学时 课程代码 课程编号 课程编码 适用专业"
    " 开课学期 课程名称 课程类别 课程类型 教学手段 实训条件 教学要求 开课单位 学时学分 教学组织 说明 备注"
    " 英文名称 教材及参考书 实施建议 教学建议 设备 实训设备 开课部门"
    "|textbook|textbooks|reading list|references|resources|course resources|recommended reading|readings"
    "|materials|teaching methods|delivery|instructor|instructors|lecturer|hours|credits|course code|language"
    "|contact|materials and equipment|equipment|teaching method|mode of delivery|mode|duration|format|follow-on"
    " courses|next courses|notes",
}

# Ordinary words: a heading only alone on a line, in brackets, or before a colon at the start of a line.
_WEAK_CHINESE: Final = (
    "目标 模块 单元 章节 基本 性格 经历 职责 要求 优先 加分 优先考虑 待遇 福利 薪资 薪酬 月薪 年薪 工资 学历"
    " 经验 备注 教育 项目 技能 工具 能力 语言 外语 证书 荣誉 奖项 工作 实习 作品 专长 优势 简介 其他 爱好 培训"
    " 内容 考核 教材 学时 学分 先修 师资 说明 设备 希望你 主要工作 "
    "课程设计 毕业设计 能力要求 学习目标"
)
_WEAK_ENGLISH: Final = (
    "tasks|purpose|merits|aim|you will|you'll|we want|we require|essential|required|preferred|desirable|desired"
    "|ideally|bonus|salary|pay|package|location|contact|hours|application|contract|company|profile|summary"
    "|about|overview|training|courses|experience|employment|work|project|projects|research|skills|tools|"
    "languages|technologies|expertise|education|career|goal|placement|internship|other|references|interests"
    "|awards|honors|achievements|strengths|content|contents|units|modules|labs|laboratory|schedule|structure"
    "|programme|outline|topics|goals|aims|"
    "outcomes|objectives|requirements|background|admission|audience|grade|marking|evaluation|exams|certificate"
    "|certification|language|mode|format|duration|notes|resources|materials|equipment|introduction|description"
    "|descriptions|the job|the role|the team|the company|we expect|we ask for|"
    "in return|a plus|department|position|hobbies|looking for|curriculum|delivery|credits|availability"
    "|responsibilities|duties|qualifications|benefits|prerequisites|prerequisite|assessment|competencies"
    "|licenses|licences|certificates|certifications|publications|portfolio"
)
WEAK: Final = frozenset(_WEAK_CHINESE.split()) | frozenset(_WEAK_ENGLISH.split("|"))


def _table(source: dict[SectionKind, str]) -> dict[str, SectionKind]:
    table: dict[str, SectionKind] = {}
    for kind, phrases in source.items():
        chinese, _, english = phrases.partition("|")
        for phrase in (*chinese.split(), *english.split("|")):
            table.setdefault(phrase.lower(), kind)
    return table


HEADINGS: Final[dict[Kind, dict[str, SectionKind]]] = {
    Kind.POSTING: _table(_POSTING),
    Kind.CANDIDATE: _table(_CANDIDATE),
    Kind.COURSE: _table(_COURSE),
}
