interface Paper {
  title: string;
  doc_number: string;
  article: string;
}

/** What is said of answers that were found while somebody wrote. */
export const related = {
  title: '看看是不是已经有答案',
  found: (n: number) => `找到 ${n} 条可能的答案，在输入框下面`,
  unkept: '边写边找，只用来找答案，不会记下您写了什么。',
  kinds: { letter: '公开的来信答复', interpretation: '政策解读', policy: '政策文件' } as Record<string, string>,
  offices: (list: { name: string }[] | null) => (list ?? []).map((office) => office.name).join('、'),
  dated: (kind: string, day: string) => (day ? `${day}${kind === 'letter' ? '答复' : '发布'}` : ''),
  rests: '依据',
  source: ({ title, doc_number, article }: Paper) =>
    [`《${title.replace(/^《(.*)》$/, '$1')}》`, doc_number && `（${doc_number}）`, article].join(''),
  whole: { letter: '看来信和答复全文', interpretation: '看解读全文', policy: '看文件全文' } as Record<string, string>,
  cut: '后面还有，没有全部列出。',
  still: '仍然要写',
  solved: '这解决了我的问题',
  solvedSure: '好的，这封信不写了？',
  solvedText: '写好的内容和照片会从手机里删掉，不能恢复。想留着，就点“取消”。',
  solvedYes: '不写了',
  solvedSaid: '好的。以后有事，随时可以写信。',
};
