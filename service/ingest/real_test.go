package ingest
import ("testing";"fmt";"math/rand";"sort")
func TestZZ(t *testing.T){
 for f,n:=range map[string]int{"laws/laws.jsonl.gz":90,"policies/policies_housing.jsonl":30,"laws/laws_shandong.jsonl":40,"policies/policies_statecouncil.jsonl":59}{
  r,err:=Open("../../../shared/data/"+f); if err!=nil {t.Fatal(err)}
  var all []string; cnt:=map[int]int{}; rows:=0
  err=r.All(func(row Row, e *RowError) error { if e!=nil {fmt.Println(e); return nil}; rows++
   p:=ProposeTopics(row.Values[Title],row.Values[Theme],row.Values[Text]); cnt[len(p)]++
   all=append(all,fmt.Sprint(row.Values[Title]," ",p)); return nil})
  fmt.Println("##",f,rows,err,r.Unknown(),cnt)
  sort.Strings(all); rand.New(rand.NewSource(99)).Shuffle(len(all),func(i,j int){all[i],all[j]=all[j],all[i]})
  for _,s:=range all[:min(n,len(all))] {fmt.Println(s)}
 }}
