/** How things stand: debts, incidents, steps and tasks. Shape: [Chinese, English]. */
export const standing = {
  state: {
    open: ["进行中", "Open"],
    met: ["按时完成", "Met"],
    met_late: ["逾期完成", "Met late"],
    missed: ["逾期未完成", "Missed"],
    waived: ["已免除", "Waived"],
    not_applicable: ["不适用", "Not applicable"],
    superseded: ["已被取代", "Superseded"],
  },
  status: {
    heard: ["风闻", "Heard"],
    reported: ["已上报", "Reported"],
    responding: ["处置中", "Responding"],
    contained: ["已控制", "Contained"],
    lifted: ["已解除", "Lifted"],
    closed: ["已办结", "Closed"],
    false_alarm: ["误报", "False alarm"],
    transferred: ["已移交", "Transferred"],
  },
  step: {
    call: ["呼叫", "call"],
    remind: ["提醒", "remind"],
    inform: ["知会", "inform"],
  },
  stepped: {
    call: ["呼叫", "called"],
    remind: ["提醒", "reminded"],
    inform: ["知会", "informed"],
  },
  sure: {
    unverified: ["未核实", "Unverified"],
    verified: ["已核实", "Verified"],
    doubtful: ["存疑", "Doubtful"],
    false: ["不实", "False"],
  },
  task: {
    asked: ["待答复", "Asked"],
    accepted: ["已接受", "Accepted"],
    declined: ["未接受", "Declined"],
    done: ["已办结", "Done"],
    withdrawn: ["已撤回", "Withdrawn"],
  },
  via: {
    phone: ["电话", "telephone"],
    radio: ["电台", "radio"],
    fax: ["传真", "fax"],
    paper: ["书面", "paper"],
    face: ["当面", "face to face"],
  },
} as const satisfies Record<string, Record<string, readonly [string, string]>>;
