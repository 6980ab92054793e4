/** Words of signing in. Shape: [Chinese, English]. */
export const account = {
  "proof.title": ["请确认是您本人", "Prove that it is you"],
  "proof.why": [
    "此项操作须由本人确认。确认后十分钟内不再询问，已填写的内容不会丢失。",
    "This is done by a person, not by a screen left open. It is asked again after ten minutes; nothing you typed is lost.",
  ],
  "proof.who": ["当前在席：{name}", "Sitting here: {name}"],
  "proof.password": ["密码", "Password"],
  "proof.code": ["动态码或恢复码", "Code of your authenticator, or a recovery code"],
  "proof.passkey": ["使用通行密钥", "Use a passkey"],
  "proof.do": ["确认并继续", "Prove it and go on"],
  "proof.wrong": ["不正确，请核对后再试。", "This is not right. Check it and try again."],
  "passkey.failed": ["通行密钥未能使用，请再试或改用其他方式。", "The passkey did not answer. Try again, or use another way."],
  "account.codes": [
    "恢复码只显示这一次，请打印或抄下，与手机分开存放：",
    "Recovery codes, shown this once. Print them or write them down, and keep them where the telephone is not:",
  ],
  "account.kept": ["我已保存", "I have kept them"],
  "account.scan": ["用手机上的身份验证器扫描，再填写它显示的六位数字。", "Scan it with the authenticator on your telephone, then type the six digits it shows."],
  "account.picture": ["二维码形式的密钥，下方另有文字", "The secret as a QR code; it is written below as well"],
  "account.secret": ["或手工输入密钥：", "Or type this secret:"],
  "account.code": ["动态码", "Code"],
  "account.confirm": ["启用", "Take it into use"],
} as const satisfies Record<string, readonly [string, string]>;
