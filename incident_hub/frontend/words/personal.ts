/** Words of values of persons: found in a text, locked away, read. Shape: [Chinese, English]. */
export const personal = {
  "personal.back": ["返回修改", "Back to the text"],
  "personal.found": ["文字中疑似含有个人信息，如何处理？", "The text seems to hold values of persons. What becomes of them?"],
  "personal.keep": ["原样保留", "Keep as written"],
  "personal.keep.hint": ["不是个人信息，或人命关天必须写明", "It is none, or lives depend on it"],
  "personal.left": ["{n} 秒后隐去", "gone in {n} s"],
  "personal.list": ["受限个人信息", "Locked values"],
  "personal.list.more": ["存入、查看、检索运单", "Lock away, read, find a waybill"],
  "personal.list.same": ["同一运单另见", "The same waybill in"],
  "personal.looks": ["谁看过本事件", "Who has looked"],
  "personal.mask": ["遮盖", "Mask"],
  "personal.mask.hint": ["只留末四位，其余不保存", "Only the last four are kept"],
  "personal.none": ["没有查到本席可知悉的事件。", "No incident that this desk may know of."],
  "personal.seal": ["存入保管库", "Seal"],
  "personal.seal.hint": ["文字中只留末四位，全号两人同意方可查看", "Last four in the text; two people open the whole"],
} as const;
