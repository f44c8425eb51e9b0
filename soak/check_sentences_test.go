package soak

// tuned are sentences by which the checks were made; heldOut are of the same
// kinds and were not run until the checks were done.
const tuned = `
申请人{name}，身份证号：{+id}，联系电话：{+phone}。
经审核，{name}（身份证号码{+id}）符合公共租赁住房保障条件，现予公示。
请{name}（{+idx}）于三个工作日内到现场办理。
公民身份号码 {+idblank}
证件号码：{+idwide}，与户籍信息一致。
户主{name}，{+idhyphen}，家庭人口{n}人，月领取补贴420.00元。
身份证{+idzero}核验通过。
老证号码{name}身份证{+idold}，系一代证。
| 序号 | 姓名 | 身份证号 | 补贴金额（元） // | 1 | {name} | {+id} | 1200.00 // | 2 | {name} | {+idx} | 980.50
| 姓名 | 联系电话 | 家庭住址 // | {name} | {+phone} | {+home} // | {name} | {+phone} | {+homedash}
| 申请人 | {name} | 证件号 | {+id} // | 手机 | {+phone} | 项目代码 | {-project}
联系人：{name}，手机{+phoneblank}。
如有疑问请致电{name}，电话{+phonehyphen}。
境外来电请拨{+phone86}。
客服手机：{+phonewide}（工作日）。
收款人{name}，开户行农业银行，卡号{+card}。
银行卡号：{+cardfours}，户名{name}。
一卡通账号{+card}，请核对。
车主{name}，车牌号{+plate}，申请报废补贴。
经查，号牌为{+plategreen}的小型轿车逾期未检验。
拟拍卖车辆：{+platedot}大众牌轿车一辆，{+plate}丰田牌越野车一辆。
违停车辆{+platewide}请自行驶离。
教练车{+platelearn}转为非营运。
现住{+home}，房屋建筑面积68.5平方米。
{name}，家住{+homestairs}，属最低生活保障家庭。
家庭住址：{+homevillage}。
户籍地址：上海市静安区{+homelane}。
腾退房屋位于{+homedash}，已交回。
微信号：{+wechat}，添加请备注姓名。
微信{+wechat}同步更新。
QQ：{+qq}，加群请备注单位。
QQ号码{+qq}。
个人邮箱{+mail}，请勿外传。
意见人{name}，邮箱：{+mail}。
护照号码：{+passport}，国籍加拿大。
港澳居民来往内地通行证号{+permit}，姓名{name}。
统一社会信用代码：{-credit}，法定代表人{name}。
项目代码{-project}，总投资{-money}元。
依据《{-doc}》执行，{-doc}同时废止。
订单号{-order}已发货，运单{-express}。
宗地代码{-land}，土地用途为城镇住宅用地。
不动产权证号：{-title}。
标准书号ISBN {-isbn}，定价58.00元。
发票号码{-invoice}，发票代码3700{-invoice}，金额{-money}元。
咨询电话：{-landline}，{-landline}；投诉电话：12345。
办公地址：{-office}，邮编261061。
监督举报电话：0536-12345，传真{-landline}。
中标编号：{-bid}，成交价{-money}元。
身份证号{-masked}，已按规定遮盖。
档案编号{-badid}，请妥善保管。
流水号：{-serial}，业务受理完毕。
批次号{-batch}，有效期至2027年12月31日。
项目编号：{-batch}，预算{-money}元。
纳税人识别号{-tax}，开户账号{-account}。
单位名称：市住房保障中心，账号：{-account}，开户行：潍坊银行。
索引号：{-index}，发布机构：市政府办公室。
资产编号{-asset}，规格{-version}。
本标准第{-section}条，{-section}款另有规定的除外。
案号{-caseno}，执行标的{-money}元。
商品条码{-barcode}，请在有效期内使用。
受理地点：{-office}。
| 项目 | 项目代码 | 2026年预算 // | 道路改造 | {-project} | {-money} // | 老旧小区改造 | {-project} | {-money}
| 单位 | 统一社会信用代码 | 联系电话 // | 市住建局 | {-credit} | {-landline} // | 市财政局 | {-credit} | {-landline}
| 宗地编号 | 面积（平方米） | 起始价 // | 2026-G{n} | 13800138000 | {-money} // | 2026-G{n} | 15900012345 | {-money}
| 订单号 | 数量 // | {-order} | 12 // | {-order} | 9
开标地点：{-office}，投标截止时间2026年11月30日9时30分。
本次摇号共{n}户，第{n}批301户已签约，剩余{n}户。
房源位于{-office}，欢迎看房。
电子监管号{-order}，合同编号{-code}。
全市共有公租房13800套，13812300045平方米在建。
微信公众号：weifangfabu，微信小程序“鸢都政事”。
监护人{name}（手机：{+phone}）已签字确认。
拟录用人员：{name}，{+id}，本科。
捐赠账户：市慈善总会，账号{-account}，开户行：中国银行。
第{n}号楼共{n}户居民，人均增收1380元。
养老金发放至{+card}（{name}）。
`

const heldOut = `
经查，{name}（公民身份号码：{+id}）名下有住房一套，不符合申请条件。
被处罚人{name}，男，汉族，身份证号码{+id}，住{+home}。
领取人签字：{name}；证件：{+idx}；电话：{+phone}。
持证人居民身份证{+idblank}已失效。
身份证号码：{+idwide}。
{name}　{+id}　农村危房改造　22000元
低保对象{name}（{+idhyphen}）自2026年10月起停发。
核验编码与{+idzero}一致的，视为本人。
该同志一代身份证号{+idold}。
| 姓名 | 性别 | 公民身份号码 | 开户银行 | 银行卡号 // | {name} | 女 | {+id} | 农商行 | {+card} // | {name} | 男 | {+idx} | 工商银行 | {+card}
| 户主姓名 | 家庭人口 | 手机号码 // | {name} | 3 | {+phone} // | {name} | 5 | {+phoneblank}
| 承租人 | 身份证号码 | 房屋坐落 // | {name} | {+id} | {+home} // | {name} | {+id} | {+homestairs}
村民{name}来电{+phone}反映路灯不亮。
本人手机号：{+phoneblank}，如有变动及时告知。
请与{name}同志联系（{+phonehyphen}）。
紧急联系电话{+phone86}。
手机：{+phonewide}
补贴打入{name}名下银行卡（{+card}）。
农行卡{+cardfours}为社保待遇发放卡。
工资账户：{+card}。
{+plate}号小型普通客车驾驶人{name}未按规定让行。
新能源汽车{+plategreen}申领置换补贴3000元。
公车处置清单：{+platedot}、{+plate}。
车辆号牌号码：{+platewide}。
{+platelearn}号车参与巡逻。
申请人现居住于{+home}，与父母同住。
{name}户，地址{+homestairs}，房屋鉴定为D级。
住址：{+homevillage}，联系电话{+phone}。
房屋坐落于长宁区{+homelane}，产权人为{name}。
退出保障的房源：{+homedash}、{+home}。
添加微信：{+wechat}。
有意者请加微信号{+wechat}详谈。
联系QQ：{+qq}。
或添加QQ{+qq}咨询。
请将材料发至{name}邮箱{+mail}。
电子邮箱：{+mail}（{name}）。
持护照{+passport}入境。
台胞证号：{+permit}，有效期五年。
申报单位统一社会信用代码{-credit}，注册资本{-money}元。
该项目（代码{-project}）已完成备案，备案文号{-doc}。
现将{-doc}、{-doc}等{n}件规范性文件予以废止。
快递单号：{-express}，订单编号：{-order}。
不动产单元号{-land}，权属来源为出让。
所持{-title}不动产权证书遗失，声明作废。
《鸢都年鉴》，ISBN：{-isbn}，方志出版社。
电子发票{-invoice}，价税合计{-money}元。
联系电话：{-landline}（市住建局住房保障科），传真：{-landline}。
单位地址：{-office}。
服务热线：12329、0536-12329。
政府采购项目编号：{-bid}，预算金额：{-money}元。
手机号138****{n}56，身份证号{-masked}。
证书编号：{-badid}。
交易流水{-serial}，核销成功。
生产批号：{-batch}；产品型号：{-version}。
预算项目号{-batch}，执行率96.5%。
税号：{-tax}，地址：{-office}。
户名：市财政局财政专户，账号{-account}。
政府信息索引号{-index}，主题分类：城乡建设。
设备序列号{-asset}，软件版本{-version}。
见附录{-section}、{-section}和表{-section}。
根据{-caseno}民事判决书，协助执行{-money}元。
疫苗追溯码{-barcode}{n}，批号{-batch}。
报名地点为{-office}，电话{-landline}。
| 序号 | 采购编号 | 成交金额 // | 1 | {-bid} | {-money} // | 2 | {-bid} | {-money}
| 企业名称 | 社会信用代码 | 奖补资金（元） // | 潍坊甲公司 | {-credit} | {-money} // | 潍坊乙公司 | {-credit} | {-money}
| 预算科目 | 科目编码 | 金额 // | 住房保障支出 | {-code} | 13800138000 // | 城乡社区支出 | {-code} | 15912345678
| 窗口 | 地址 | 电话 // | 综合窗口 | {-office} | {-landline} // | 不动产窗口 | {-office} | {-landline}
会议地点：{-office}，请准时参加。
今年改造老旧小区{n}个，涉及居民301户、楼宇{n}栋。
培训在{-office}举行。
合同编号：{-code}，监管码{-order}。
完成投资13812345678元，同比增长5.2%。
扫码关注“鸢都住建”微信公众号查询，官方微信：yuanduzj2026。
受助学生{name}，监护人电话{+phonehyphen}。
拟聘用{name}（{+id}）为社区工作者。
捐款专户：市红十字会，账号{-account}。
本批次安置{n}户，第{n}号地块13912户居民受益。
待遇已拨付至{name}账户{+card}。
`

// hard are sentences as offices really write them, with what misleads; the
// checks were shown them once they were done, and mended after.
const hard = `
公示期内如有异议请与市住房保障中心{name}联系，手机：{+phone}（同微信）。
{name} {+id} {+phone} 固堤街道
1.{name}，男，{+id}；2.{name}，女，{+idx}；
法定代表人：{name}（身份证号：{+id}），统一社会信用代码：{-credit}，住所：{-office}。
当事人:{name},性别:男,身份证号码:{+id},住址:{+homevillage}
罚款缴至账号{-account}，逾期每日加处3%；当事人身份证件号码为{+id}。
证件类型：居民身份证　证件号码：{+id}
请拨打{-landline}或{+phone}咨询。
扣分情况：{+plate}（{name}）、{+platedot}（{name}）。
学生{name}，学籍号G{+id}，补助1250元。
{name}/{+phone}/{+home}
收件人{name}，{+phone}，{+homestairs}，邮编261061
户主：{name}；身份证：{+id}；开户行及账号：农商行{+card}；金额：3200元
| 序号 | 户主 | 身份证号码 | 一卡通账号 | 联系电话 | 金额 // | 1 | {name} | {+id} | {+card} | {+phone} | 3200.00 // | 2 | {name} | {+idold} | {+card} | {+phonehyphen} | 1600.00
| 姓名 | {name} | 性别 | 男 // | 身份证号 | {+id} | 电话 | {+phone} // | 家庭住址 | {+home} | 备注 | 无
| 车主姓名 | 号牌号码 | 车架号 // | {name} | {+plate} | LSVAA4182E2{n}4567 // | {name} | {+plategreen} | LSVAA4182E2{n}4568
| 单位 | 负责人 | 手机 // | 市住建局 | {name} | {+phone} // | 市财政局 | {name} | {+phone}
河长：{name}，联系电话：{+phone}，监督电话：{-landline}。
地址：{+home}，联系人：{name}（{+phone}）。
租住{+homedash}的{name}已搬离。
该房屋（{+homestairs}室）已设立抵押，不动产权证号{-title}。
微信：{+phone}；QQ邮箱：{+mail}
加微信{+wechat}入群，群号见附件。
项目单位：潍坊某公司；项目代码：{-project}；备案号：{-order}；联系人：{name} {+phone}
经办人{name}，工号37070{n}，电话{+phone}。
根据{-doc}，给予{name}（身份证号{-masked}）生活补助。
本次拍卖标的：鲁G·A{n}号商铺及{-title}项下土地。
检验批编号{-order}，执行标准GB/T {n}234-2018。
合同金额：人民币{-money}元（大写见合同），合同编号{-bid}。
凭取件码{n}4567到{-office}领取，运单号{-express}。
| 指标 | 2024年 | 2025年 // | 户数 | 13800 | 15900 // | 资金（元） | 13800138000 | 15900159000
| 品名 | 条形码 | 批号 // | 消毒液 | {-barcode} | 2026{n}0101 // | 口罩 | {-barcode} | 2026{n}0102
受理号{-order}，查询码{-serial}，请妥善保存。
坐标：东经119.13812345，北纬36.70712345。
经度119.107654321098765，纬度36.707020199003071。
鲁建监〔2026〕{n}号，鲁ICP备13800138号-1，鲁公网安备 37070202000123号。
网站标识码3707000002，政府网站年度报表编号{-order}。
客户服务电话95598、4008889999，传真{-landline}。
国库集中支付凭证号{-order}，支付{-money}元，收款人：潍坊银行。
机动车检测站地址：{-office}，资质编号{-code}。
开标时间2026年11月30日9:30，联系电话：{-landline}转8012。
本项目共{n}个标段，第{n}标段长13812米，宽13.8米。
小区共3号楼、5号楼{n}户，配套用房301室作为居委会用房。
会议室设在钢厂家属院社区居委会{n}号楼201室。
社区居民可到幸福小区{n}号楼1单元101室党群服务站报名。
`
