using System.Globalization;
using Crm.Hmi.Server;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
return await HmiServer.Run(HmiOptions.Parse(args));
