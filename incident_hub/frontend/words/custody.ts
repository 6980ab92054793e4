/** The words behind the codes of things in custody. Shape: [Chinese, English]. */
export const custody = {
  sort: {
    class_a: ["甲类禁寄物品", "Prohibited, class A"],
    class_b: ["乙类禁寄物品", "Prohibited, class B"],
    class_c: ["丙类禁寄物品", "Prohibited, class C"],
    suspect: ["可疑物品", "Suspect"],
    mail: ["邮件快件", "Mail"],
    other: ["其他物品", "Other"],
  },
  unit: {
    piece: ["件", "pieces"],
    box: ["箱", "boxes"],
    bag: ["袋", "bags"],
    gram: ["克", "g"],
    millilitre: ["毫升", "ml"],
  },
  outcome: {
    returned: ["已退回", "Returned"],
    destroyed: ["已销毁", "Destroyed"],
    handed_over: ["已移送主管部门", "Handed over to an authority"],
  },
} as const;
