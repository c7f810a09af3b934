
(()=>{const root=document.getElementById(ROOT_ID);if(!root)return;
const body=root.querySelector('tbody'),rows=[...body.rows],count=root.querySelector('.count');
const key=(row,i)=>row.cells[i].dataset.v??row.cells[i].textContent;
root.querySelector('input').addEventListener('input',event=>{
 const words=event.target.value.toLowerCase().split(/\s+/).filter(Boolean);let shown=0;
 for(const row of rows){const text=row.textContent.toLowerCase();
  const fits=words.every(word=>text.includes(word));row.hidden=!fits;shown+=fits}
 count.textContent=shown});
root.querySelectorAll('th').forEach((th,i)=>th.addEventListener('click',()=>{
 const up=th.getAttribute('aria-sort')!=='ascending';
 root.querySelectorAll('th').forEach(other=>other.removeAttribute('aria-sort'));
 th.setAttribute('aria-sort',up?'ascending':'descending');
 const numeric=rows.some(row=>row.cells[i].dataset.v!==undefined);
 rows.sort((a,b)=>{const x=key(a,i),y=key(b,i);
  if(x===''||y==='')return(x==='')-(y==='');
  return(up?1:-1)*(numeric?x-y:x.localeCompare(y,'zh'))});
 body.append(...rows)}));
})()
