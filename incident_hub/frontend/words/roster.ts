/** Words of the roster. Shape: [Chinese, English]. */
export const roster = {
  "key.roster": ["值班表", "Roster"],
  "roster.address": ["日历订阅地址", "Address of the calendar"],
  "roster.once": ["地址只显示这一次，请现在复制到日历程序。", "Copy it into your calendar now; it is shown this once."],
} as const;
