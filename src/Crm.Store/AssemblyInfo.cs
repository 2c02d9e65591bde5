using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Crm.Store.Tests")]
