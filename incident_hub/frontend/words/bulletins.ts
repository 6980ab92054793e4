/** Words of bulletins and tasks. Shape: [Chinese, English]. */
export const bulletins = {
  "bulletin.chosen": ["已选 {n} 个", "{n} chosen"],
  tasks: ["交办事项", "Tasks"],
  "task.accept": ["接受", "Accept"],
  "task.done": ["办结", "It is done"],
  "task.said": ["办理结果", "What was done"],
  "task.ask": ["交办给值守席", "Ask a desk"],
  "task.to": ["交办给", "Of which desk"],
  "task.words": ["事项", "What is asked"],
  "task.within": ["时限", "Done within"],
  "task.minutes": ["{n} 分钟", "{n} min"],
  "task.hours": ["{n} 小时", "{n} h"],
  "task.circle": ["只能交办给已共享本事件的值守席。", "Only desks that know of this incident can be asked."],
} as const;
