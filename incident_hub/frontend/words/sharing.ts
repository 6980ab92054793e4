/** The words behind codes of sharing: what may be read, and what a mark allows. Shape: [Chinese, English]. */
export const sharing = {
  link: {
    related: ["相关", "related to"],
    same_event: ["同一事件", "the same event as"],
    caused_by: ["起因于", "caused by"],
    found_by: ["发现于", "found by"],
  },
  linked: {
    related: ["相关", "related to"],
    same_event: ["同一事件", "the same event as"],
    caused_by: ["引发了", "caused"],
    found_by: ["由其发现", "led to the finding of"],
  },
  read: {
    card: ["现状", "As it stands"],
    obligation: ["待办时限", "Owed"],
    item: ["保管物品", "In custody"],
    journal: ["日志", "Journal"],
    file: ["文件", "File"],
    report: ["信息报送", "Report"],
    task: ["交办", "Task"],
    figure: ["数字", "Figure"],
  },
  tlp: {
    RED: [
      "仅限名单内值守席，不得扩大，不写入任何文件。",
      "For exactly the listed desks: nobody is let in, and nothing of it goes into a file.",
    ],
    "AMBER+STRICT": [
      "仅限名单内单位；其他单位只能按预案规定知悉。",
      "For the agencies that are listed; another agency comes to know only where the plan says so.",
    ],
    AMBER: ["可共享给参加本次任务的值守席。", "May be shared with the desks of this operation."],
    GREEN: ["可在行业内通报。", "May be told within the sector."],
    CLEAR: ["可以公开。", "May be made public."],
  },
} as const;
