using System.Globalization;
using Crm.Host.CommandLine;

// Files and machine-readable output are invariant; this program prints nothing for one culture only.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
return CrmCommand.Invoke(args);
